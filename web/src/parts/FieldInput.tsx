import type { Field } from '../api/registers';
import { useWords, type WordId } from '../frame/language';
import { useNamed } from './definitions';
import { isRequired, type Typed } from './fields';
import { usePromises } from './gaps';
import { PersonPick } from './PersonPick';
import { Pick } from './Pick';
import { TextField } from './TextField';
import { UnitPick } from './UnitPick';
import './records.css';

interface InputProps {
  field: Field;
  typed: Typed;
  isNeeded?: boolean;
  set: (text: string) => void;
}

const MOST_AS_BUTTONS = 8;

function PromisePick(props: { label: string; value: string; choose: (id: string) => void }) {
  const w = useWords();
  const { data } = usePromises();
  const options = (data ?? []).map((it) => ({ id: it.id, label: it.title }));
  return <Pick {...props} none={w('record.none')} options={options} />;
}

/** Each value a button, one chosen. Pressed again, none is, where none may be. */
export function ChoiceInput(props: {
  label: string;
  values: { id: string; label: string }[];
  value: string;
  set: (id: string) => void;
  isRequired?: boolean;
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
            onClick={() => props.set(props.value === it.id && !props.isRequired ? '' : it.id)}
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

const HELP: Partial<Record<Field['kind'], WordId>> = {
  link: 'record.link-help',
  customer: 'record.customer-help',
};

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
    return <ChoiceInput label={label} values={values} value={value} set={set} isRequired={isNeeded} />;
  }
  if (field.kind === 'unit') {
    return <UnitPick label={label} value={value} choose={set} isRequired={isNeeded} />;
  }
  if (field.kind === 'person') {
    return <PersonPick label={label} value={value} choose={set} isRequired={isNeeded} />;
  }
  if (field.kind === 'promise') return <PromisePick label={label} value={value} choose={set} />;
  const help = HELP[field.kind];
  return (
    <TextField
      label={label}
      value={value}
      set={set}
      type={INPUT_TYPES[field.kind] ?? 'text'}
      {...(field.kind === 'long text' ? { rows: 3, isWide: true } : {})}
      maxLength={field.max_length}
      min={field.min}
      max={field.max}
      step={field.kind === 'number' ? (field.whole ? 1 : 'any') : undefined}
      isRequired={isNeeded}
      note={named(field.help) || (help && w(help))}
    />
  );
}
