import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Field } from '../api/registers';
import { useWords } from '../frame/language';
import { FieldInput } from './FieldInput';
import type { Typed } from './fields';
import { ProblemPanel } from './ProblemPanel';
import './records.css';

/** Fields of a register, and a comment where one is asked for. Escape leaves. */
export function RecordForm(props: {
  title: string;
  make: string;
  fields: Field[];
  needs?: string[];
  start: Typed;
  comment?: 'needed' | 'may';
  isBusy: boolean;
  error: Error | null;
  submit: (typed: Typed, comment: string) => void;
  close: () => void;
}) {
  const w = useWords();
  const [typed, setTyped] = useState(props.start);
  const [comment, setComment] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea, fieldset button')?.focus();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.submit(typed, comment.trim());
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.close();
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
      <div className="record-fields">
        {props.fields.map((field) => (
          <FieldInput
            key={field.id}
            field={field}
            typed={typed}
            {...(props.needs?.includes(field.id) ? { isNeeded: true } : {})}
            set={(text) => setTyped((old) => ({ ...old, [field.id]: text }))}
          />
        ))}
        {props.comment && (
          <label className="pick wide">
            {props.comment === 'needed'
              ? w('record.comment')
              : `${w('record.comment')} (${w('act.optional')})`}
            <textarea
              className="plain-field"
              rows={2}
              maxLength={4000}
              value={comment}
              required={props.comment === 'needed'}
              onChange={(event) => setComment(event.currentTarget.value)}
            />
          </label>
        )}
      </div>
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
