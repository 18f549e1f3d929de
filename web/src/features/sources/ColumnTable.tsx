import { useId } from 'react';
import type { Column } from '../../api/imports';
import { useTerm, useWords } from '../../frame/language';
import { FORMATS } from './formats';
import { type Choice, ROLES, type Role, typeOfColumn } from './mapping';

const IDENTIFIERS = ['customer_no', 'personnummer', 'email', 'phone', 'case', 'address', 'device'];

function FormatPick({ choice, set }: { choice: Choice; set: (part: Partial<Choice>) => void }) {
  const w = useWords();
  const isKnown = FORMATS.some((it) => it === choice.format);
  return (
    <label className="pick">
      {w('import.time-format')}
      <select
        value={choice.format}
        onChange={(event) => set({ format: event.currentTarget.value })}
        aria-label={`${w('import.time-format')}: ${choice.column}`}
      >
        {(isKnown ? FORMATS : [...FORMATS, choice.format]).map((it) => (
          <option key={it} value={it}>
            {it === 'iso' ? w('import.time-iso') : it}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What is to be said besides the role. */
function More({ choice, set, list }: { choice: Choice; set: (part: Partial<Choice>) => void; list: string }) {
  const w = useWords();
  const field = (label: string, note?: string, suggestions?: string) => (
    <label className="pick">
      {label}
      <input
        className="plain-field"
        value={choice.as}
        maxLength={200}
        list={suggestions}
        aria-label={`${label}: ${choice.column}`}
        onChange={(event) => set({ as: event.currentTarget.value })}
      />
      {note && <span className="note">{note}</span>}
    </label>
  );
  if (choice.role === 'time') {
    return (
      <>
        {field(w('import.as.time'), w('import.as.time.text'))}
        <FormatPick choice={choice} set={set} />
      </>
    );
  }
  if (choice.role === 'moment') return <FormatPick choice={choice} set={set} />;
  if (choice.role === 'customer') return field(w('import.as.customer'), undefined, list);
  if (choice.role === 'key') return field(w('import.as.key'), w('import.as.key.text'));
  return null;
}

const emptyAs = (role: Role, column: string): string => {
  if (role === 'time') return typeOfColumn(column);
  if (role === 'customer') return 'customer_no';
  return role === 'key' ? typeOfColumn(column).replaceAll('.', '_') : '';
};

/** Each column with what stands in it, and what it is. */
export function ColumnTable(props: {
  columns: Column[];
  choices: Choice[];
  change: (choices: Choice[]) => void;
}) {
  const w = useWords();
  const term = useTerm();
  const list = useId();
  const set = (column: string, part: Partial<Choice>) =>
    props.change(
      props.choices.map((it) => {
        if (it.column === column) return { ...it, ...part };
        // One column says the type.
        return part.role === 'type' && it.role === 'type' ? { ...it, role: 'attribute' as const } : it;
      }),
    );
  return (
    <>
      <datalist id={list}>
        {IDENTIFIERS.map((it) => (
          <option key={it} value={it}>
            {term('identifier', it)}
          </option>
        ))}
      </datalist>
      <ul className="columns">
        {props.columns.map((column) => {
          const choice = props.choices.find((it) => it.column === column.name);
          if (!choice) return null;
          return (
            <li key={column.name} className={`column column-${choice.role}`}>
              <div className="column-what">
                <p className="column-name">{column.name}</p>
                <p className="small faint column-samples">
                  {column.samples.length === 0
                    ? w('import.empty-column')
                    : column.samples.slice(0, 3).join(' · ')}
                </p>
              </div>
              <label className="pick">
                <span className="unseen">{w('import.role', { column: column.name })}</span>
                <select
                  value={choice.role}
                  onChange={(event) => {
                    const role = event.currentTarget.value as Role;
                    set(column.name, { role, as: emptyAs(role, column.name) });
                  }}
                >
                  {ROLES.map((it) => (
                    <option key={it} value={it}>
                      {w(`import.role.${it}`)}
                    </option>
                  ))}
                </select>
              </label>
              <div className="column-more">
                <More choice={choice} set={(part) => set(column.name, part)} list={list} />
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
