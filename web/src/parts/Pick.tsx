import { type ReactNode, useId } from 'react';

/** One of several under its name; `none` is what no choice is called, where there may be none. */
export function Pick(props: {
  label: string;
  value: string;
  choose: (id: string) => void;
  options: { id: string; label: string }[];
  none?: string;
  isRequired?: boolean;
  note?: ReactNode;
}) {
  const id = useId();
  return (
    <div className="pick">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        required={props.isRequired ?? false}
        aria-describedby={props.note ? `${id}-note` : undefined}
        onChange={(event) => props.choose(event.currentTarget.value)}
      >
        {props.none !== undefined && <option value="">{props.none}</option>}
        {props.options.map((it) => (
          <option key={it.id} value={it.id}>
            {it.label}
          </option>
        ))}
      </select>
      {props.note && (
        <span className="note" id={`${id}-note`}>
          {props.note}
        </span>
      )}
    </div>
  );
}
