import { useState } from 'react';
import type { Field } from '../api/registers';
import { useWords } from '../frame/language';
import { FieldInput } from './FieldInput';
import type { Typed } from './fields';
import { SheetForm } from './SheetForm';
import { TextField } from './TextField';

/** Fields of a register, and a comment where one is asked for. */
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
  const { fields, needs, start, comment: wanted, submit, ...sheet } = props;
  const w = useWords();
  const [typed, setTyped] = useState(start);
  const [comment, setComment] = useState('');
  return (
    <SheetForm {...sheet} submit={() => submit(typed, comment.trim())}>
      {fields.map((field) => (
        <FieldInput
          key={field.id}
          field={field}
          typed={typed}
          {...(needs?.includes(field.id) ? { isNeeded: true } : {})}
          set={(text) => setTyped((old) => ({ ...old, [field.id]: text }))}
        />
      ))}
      {wanted && (
        <TextField
          label={w('record.comment')}
          value={comment}
          set={setComment}
          rows={2}
          isWide
          maxLength={4000}
          isRequired={wanted === 'needed'}
          isOptional={wanted === 'may'}
        />
      )}
    </SheetForm>
  );
}
