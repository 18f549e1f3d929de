import type { Field } from '../api/registers';
import { useWords } from '../frame/language';
import { useNamed } from './definitions';
import { isRequired, type Typed } from './fields';
import { usePromises } from './gaps';
import { UnitPick } from './UnitPick';
import './records.css';

interface InputProps {
  field: Field;
  typed: Typed;
  isNeeded?: boolean;
  set: (text: string) => void;
}

const MOST_AS_BUTTONS = 8;

function PromisePick({ label, value, set }: { label: string; value: string; set: (id: string) => void }) {
  const w = useWords();
  const { data } = usePromises();
  return (
    <label className="pick">
      {label}
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">{w('record.none')}</option>
        {(data ?? []).map((it) => (
          <option key={it.id} value={it.id}>
            {it.title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Each value a button, one chosen. */
export function ChoiceInput(props: {
  label: string;
  values: { id: string; label: string }[];
  value: string;
  set: (id: string) => void;
}) {
  return (
    <fieldset className="one-of">
      <legend>{props.label}</legend>
      <div className="one-of-values">
        {props.values.map((it) => (
          <button
            key={it.id}
            type="button"
            aria-pressed={props.value === it.id}
            onClick={() => props.set(props.value === it.id ? '' : it.id)}
          >
            {it.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

const INPUT_TYPES: Partial<Record<Field['kind'], string>> = {
  number: 'number',
  instant: 'datetime-local',
  date: 'date',
};

function Plain({ field, label, value, isNeeded, set }: InputProps & { label: string; value: string }) {
  const w = useWords();
  const named = useNamed();
  const help =
    field.kind === 'link'
      ? w('record.link-help')
      : field.kind === 'customer'
        ? w('record.customer-help')
        : '';
  const note = field.help || help ? <span className="note">{named(field.help) || help}</span> : null;
  if (field.kind === 'long text') {
    return (
      <label className="pick wide">
        {label}
        <textarea
          className="plain-field"
          value={value}
          rows={3}
          maxLength={field.max_length}
          required={isNeeded}
          onChange={(event) => set(event.currentTarget.value)}
        />
        {note}
      </label>
    );
  }
  return (
    <label className="pick">
      {label}
      <input
        className="plain-field"
        type={INPUT_TYPES[field.kind] ?? 'text'}
        value={value}
        maxLength={field.max_length}
        min={field.min}
        max={field.max}
        step={field.kind === 'number' ? (field.whole ? 1 : 'any') : undefined}
        required={isNeeded}
        autoComplete="off"
        onChange={(event) => set(event.currentTarget.value)}
      />
      {note}
    </label>
  );
}

/** A field of a register, as its kind asks for. */
export function FieldInput(props: InputProps) {
  const { field, typed, set } = props;
  const w = useWords();
  const named = useNamed();
  const value = typed[field.id] ?? '';
  const isNeeded = props.isNeeded ?? isRequired(field, typed);
  const name = field.measure ? `${named(field.name)} (${field.measure})` : named(field.name);
  const label = isNeeded ? name : `${name} (${w('act.optional')})`;
  const values = field.values?.map((it) => ({ id: it.id, label: named(it.name) }));
  if (field.kind === 'yes/no') {
    return (
      <label className="check">
        <input
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => set(event.currentTarget.checked ? 'true' : '')}
        />
        {name}
      </label>
    );
  }
  if (field.kind === 'choice' && values && values.length <= MOST_AS_BUTTONS) {
    return <ChoiceInput label={label} values={values} value={value} set={set} />;
  }
  if (field.kind === 'unit')
    return <UnitPick label={label} value={value} choose={set} isRequired={isNeeded} />;
  if (field.kind === 'promise') return <PromisePick label={label} value={value} set={set} />;
  return <Plain {...props} label={label} value={value} isNeeded={isNeeded} />;
}
