import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../frame/language';
import { ProblemPanel } from './ProblemPanel';
import './records.css';

/** A form on a sheet of its own: its fields, what went wrong, and the way back. Its first field has the focus; Escape leaves, Ctrl+Enter
 *  sends it off from any field. */
export function SheetForm(props: {
  title: string;
  make: string;
  isBusy: boolean;
  error: Error | null;
  /** What is filled in so far is not enough, where the browser itself cannot see it. */
  isLacking?: boolean;
  submit: () => void;
  close: () => void;
  children: ReactNode;
}) {
  const w = useWords();
  const form = useRef<HTMLFormElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    form.current?.querySelector<HTMLElement>('input, select, textarea, fieldset button')?.focus();
    return () => {
      // The focus went with the form: back to what opened it, or to the page where that is no more.
      if (document.activeElement && document.activeElement !== document.body) return;
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else document.getElementById('page')?.focus({ preventScroll: true });
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.submit();
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.close();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (event.target === cancel.current) props.close();
    else if (!props.isBusy && !props.isLacking) form.current?.requestSubmit();
  };
  return (
    <form
      ref={form}
      className="sheet record-form"
      onSubmit={submit}
      onKeyDown={leave}
      aria-label={props.title}
    >
      <h2>{props.title}</h2>
      <div className="record-fields">{props.children}</div>
      {props.error && <ProblemPanel error={props.error} />}
      <div className="row">
        <Button
          type="submit"
          aria-keyshortcuts="Control+Enter"
          loading={props.isBusy}
          disabled={props.isLacking ?? false}
        >
          {props.make}
        </Button>
        <Button ref={cancel} type="button" variant="subtle" onClick={props.close}>
          {w('act.cancel')}
        </Button>
      </div>
    </form>
  );
}
