import { type HTMLInputTypeAttribute, type ReactNode, useId } from 'react';
import { useWords } from '../frame/language';

/** A field that one types in, under its name; several lines where `rows` says so. */
export function TextField(props: {
  label: string;
  value: string;
  set: (text: string) => void;
  type?: HTMLInputTypeAttribute;
  rows?: number;
  isRequired?: boolean;
  /** Said beside the name. */
  isOptional?: boolean;
  /** Over the whole width of its form. */
  isWide?: boolean;
  maxLength?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | 'any' | undefined;
  example?: string;
  note?: ReactNode;
  /** It is no word: small letters stay, and nobody corrects it. */
  isCode?: boolean;
}) {
  const w = useWords();
  const id = useId();
  const { label, rows } = props;
  const field = {
    id,
    'aria-describedby': props.note ? `${id}-note` : undefined,
    className: 'plain-field',
    value: props.value,
    required: props.isRequired ?? false,
    maxLength: props.maxLength,
    placeholder: props.example,
    autoComplete: 'off',
    ...(props.isCode ? { autoCapitalize: 'none', spellCheck: false } : {}),
    onChange: (event: { currentTarget: { value: string } }) => props.set(event.currentTarget.value),
  };
  return (
    <div className={props.isWide ? 'pick wide' : 'pick'}>
      <label htmlFor={id}>{props.isOptional ? `${label} (${w('act.optional')})` : label}</label>
      {rows ? (
        <textarea rows={rows} {...field} />
      ) : (
        <input type={props.type ?? 'text'} min={props.min} max={props.max} step={props.step} {...field} />
      )}
      {props.note && (
        <span className="note" id={`${id}-note`}>
          {props.note}
        </span>
      )}
    </div>
  );
}
