import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';

/** The sheet that an action opens: its fields, what went wrong, and the way back. Escape closes it. */
export function ActionForm(props: {
  title: string;
  make: string;
  isBusy: boolean;
  error: Error | null;
  submit: () => void;
  close: () => void;
  children: ReactNode;
}) {
  const w = useWords();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.submit();
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.close();
  };
  return (
    <form
      ref={form}
      className="action-form sheet"
      onSubmit={submit}
      onKeyDown={leave}
      aria-label={props.title}
    >
      <h2>{props.title}</h2>
      <div className="action-fields">{props.children}</div>
      {props.error && <ProblemPanel error={props.error} />}
      <div className="row">
        <Button type="submit" loading={props.isBusy}>
          {props.make}
        </Button>
        <Button type="button" variant="subtle" onClick={props.close}>
          {w('act.cancel')}
        </Button>
      </div>
    </form>
  );
}
