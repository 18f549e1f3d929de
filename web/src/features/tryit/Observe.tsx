import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createRecord, listRecords, type Values } from '../../api/registers';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useDefinition, useNamed } from '../../parts/definitions';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useMaking } from '../../parts/records';
import { TextField } from '../../parts/TextField';
import { useTimes } from '../../parts/times';

const PLACES = [
  'shop-floor',
  'phone',
  'my-pages',
  'checkout',
  'parcel',
  'invoice',
  'voice-menu',
  'chat',
  'technician',
  'entrance',
];
const MOST_PLACES = 12;

const useRecent = () =>
  useQuery({
    queryKey: ['records', 'observation', 'recent'],
    queryFn: () => listRecords('observation', { state: ['noted'], limit: 30 }),
    select: (it) => it.records,
  });

function Buttons(props: { values: { id: string; label: string }[]; choose: (id: string) => void }) {
  return (
    <div className="taps">
      {props.values.map((it) => (
        <button key={it.id} type="button" className="tap" onClick={() => props.choose(it.id)}>
          {it.label}
        </button>
      ))}
    </div>
  );
}

function Elsewhere({ choose }: { choose: (place: string) => void }) {
  const w = useWords();
  const [place, setPlace] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (place.trim()) choose(place.trim());
  };
  return (
    <form className="elsewhere" onSubmit={submit}>
      <TextField label={w('try.elsewhere')} value={place} set={setPlace} maxLength={60} />
      <button type="submit" className="chip">
        {w('try.elsewhere.do')}
      </button>
    </form>
  );
}

/** Three taps: where, what, for whom. */
export function Observe() {
  const w = useWords();
  const term = useTerm();
  const named = useNamed();
  const { ago } = useTimes();
  const definition = useDefinition('observation');
  const recent = useRecent();
  const [where, setWhere] = useState<string>();
  const [seen, setSeen] = useState<string>();
  const choices = (id: string) =>
    definition?.fields
      .find((it) => it.id === id)
      ?.values?.map((it) => ({ id: it.id, label: named(it.name) })) ?? [];
  const label = (id: string, value: unknown) => choices(id).find((it) => it.id === value)?.label ?? '';
  const place = (id: unknown) => (typeof id === 'string' ? term('touchpoint', id) : '');
  const startOver = () => {
    setWhere(undefined);
    setSeen(undefined);
  };
  const making = useMaking({
    definition,
    make: (values: Values) => createRecord('observation', values),
    says: (record) =>
      w('try.observed', {
        what: label('seen', record.values.seen),
        where: place(record.values.touchpoint),
      }),
    afterwards: startOver,
  });
  const lately = recent.data?.map((it) => it.values.touchpoint).filter((it) => typeof it === 'string') ?? [];
  const places = [...new Set([...lately, ...PLACES])].slice(0, MOST_PLACES);
  const step = where === undefined ? 1 : seen === undefined ? 2 : 3;
  const save = (about: string) => making.mutate({ touchpoint: where ?? null, seen: seen ?? null, about });
  const question =
    step === 1
      ? w('try.where')
      : named(definition?.fields.find((it) => it.id === (step === 2 ? 'seen' : 'about'))?.name);
  return (
    <section className="sheet observe" aria-labelledby="observe">
      <div className="sheet-head">
        <div>
          <h2 id="observe">{w('try.observe')}</h2>
          <p className="small faint">{w('try.observe.text')}</p>
        </div>
        <span className="small faint tabular">{w('try.step', { n: step })}</span>
      </div>
      <fieldset className="observe-step">
        <legend className="unseen">{question}</legend>
        <p className="observe-question" aria-live="polite">
          {question}
          {where && (
            <span className="faint">
              {' '}
              {[place(where), label('seen', seen)].filter((it) => it).join(' · ')}
            </span>
          )}
        </p>
        {step === 1 && (
          <>
            <Buttons values={places.map((it) => ({ id: it, label: place(it) }))} choose={setWhere} />
            <Elsewhere choose={setWhere} />
          </>
        )}
        {step === 2 && <Buttons values={choices('seen')} choose={setSeen} />}
        {step === 3 && <Buttons values={choices('about')} choose={save} />}
        {step > 1 && (
          <button type="button" className="quiet" onClick={startOver}>
            {w('try.again')}
          </button>
        )}
      </fieldset>
      {making.error && <ProblemPanel error={making.error} />}
      <details className="recent">
        <summary>{w('try.recent')}</summary>
        {recent.data?.length === 0 && <p className="faint">{w('try.recent.none')}</p>}
        <ul className="outing-list">
          {recent.data?.slice(0, 8).map((it) => (
            <li key={it.id}>
              <Go to={`/records/${it.id}`} className="record-title">
                {label('seen', it.values.seen)}, {place(it.values.touchpoint)}
              </Go>
              <span className="small faint">{ago(it.created_at, Date.now())}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
