import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Problem } from '../../api/problem';
import { changeRecord, commentRecord, type Definition, type RegisterRecord } from '../../api/registers';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { usePart, useView } from '../../frame/routes';
import { useDefinitions, useNamed } from '../../parts/definitions';
import { EmptyState } from '../../parts/EmptyState';
import { FieldValue } from '../../parts/FieldValue';
import { changesOf, type Typed, typedRecord } from '../../parts/fields';
import { MoveForm } from '../../parts/MoveForm';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RecordForm } from '../../parts/RecordForm';
import { recordQuery, useReadRecordsAnew, useUndoOf } from '../../parts/records';
import { StateMark } from '../../parts/StateMark';
import { TextField } from '../../parts/TextField';
import { useTimes } from '../../parts/times';
import { FINDINGS } from './findings';
import { RecordHistory } from './RecordHistory';
import './registers.css';

interface Props {
  definition: Definition;
  record: RegisterRecord;
  close: () => void;
}

function EditForm({ definition, record, close }: Props) {
  const w = useWords();
  const readAnew = useReadRecordsAnew();
  const undoOf = useUndoOf();
  const isFinal = definition.states.find((it) => it.id === record.state)?.final;
  const fields = definition.fields.filter(
    (it) =>
      it.kind !== 'event' &&
      !record.masked.includes(it.id) &&
      !record.sealed.includes(it.id) &&
      (it.set_in ? it.set_in.includes(record.state) : !isFinal),
  );
  const before = typedRecord(fields, record);
  const changing = useMutation({
    mutationFn: ({ typed, comment }: { typed: Typed; comment: string }) =>
      changeRecord(record.id, record.version, changesOf(fields, typed, before), comment || undefined),
    onSuccess: (saved) => {
      // Where nothing differed there is nothing to undo.
      const isChanged = saved.version !== record.version;
      tell({ text: w('record.saved'), ...(isChanged ? { undo: undoOf(saved) } : {}) });
      void readAnew();
      close();
    },
    onError: (error) => {
      if (!(error instanceof Problem) || error.status !== 412) return;
      tell({ text: w('record.stale') });
      void readAnew();
      close();
    },
  });
  return (
    <RecordForm
      title={w('record.edit')}
      make={w('record.save')}
      fields={fields}
      start={before}
      comment={definition.always_comment ? 'needed' : 'may'}
      isBusy={changing.isPending}
      error={changing.error}
      submit={(typed, comment) => changing.mutate({ typed, comment })}
      close={close}
    />
  );
}

function Say({ record }: { record: RegisterRecord }) {
  const w = useWords();
  const readAnew = useReadRecordsAnew();
  const [text, setText] = useState('');
  const saying = useMutation({
    mutationFn: () => commentRecord(record.id, text.trim()),
    onSuccess: () => {
      setText('');
      tell({ text: w('record.said') });
      void readAnew();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saying.mutate();
  };
  return (
    <form className="say no-print" onSubmit={submit}>
      <TextField label={w('record.say')} value={text} set={setText} rows={2} maxLength={4000} isRequired />
      {saying.error && <ProblemPanel error={saying.error} />}
      <Button type="submit" variant="default" loading={saying.isPending}>
        {w('record.say.do')}
      </Button>
    </form>
  );
}

function Details({ definition, record }: { definition: Definition; record: RegisterRecord }) {
  const w = useWords();
  const named = useNamed();
  const shown = definition.fields.filter(
    (it) =>
      it.id !== definition.title &&
      (it.id in record.values || record.masked.includes(it.id) || record.sealed.includes(it.id)),
  );
  const links = [...record.links, ...record.linked_from];
  return (
    <section className="sheet" aria-labelledby="values">
      <div className="sheet-head">
        <h2 id="values">{w('record.values')}</h2>
      </div>
      <dl className="record-values">
        {shown.map((it) => (
          <div key={it.id} className="record-value">
            <dt>{named(it.name)}</dt>
            <dd>
              {record.masked.includes(it.id) || record.sealed.includes(it.id) ? (
                <span className="faint">
                  {w(record.masked.includes(it.id) ? 'record.masked' : 'record.sealed')}
                </span>
              ) : (
                <FieldValue field={it} value={record.values[it.id]} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {links.length > 0 && (
        <>
          <h3 className="record-links">{w('record.linked')}</h3>
          <ul>
            {links.map((it) => (
              <li key={`${it.field}${it.id}`}>
                <Go to={`/records/${it.id}`}>{it.title ?? it.id}</Go>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Moves({ definition, record }: { definition: Definition; record: RegisterRecord }) {
  const w = useWords();
  const named = useNamed();
  const [view, change] = useView();
  const close = () => change({ do: undefined });
  const move = record.moves.find((it) => it.to === view.do);
  if (move) return <MoveForm definition={definition} record={record} move={move} close={close} />;
  if (view.do === 'edit' && record.may_change)
    return <EditForm definition={definition} record={record} close={close} />;
  if (record.moves.length === 0 && !record.may_change) return null;
  return (
    <section className="sheet no-print" aria-labelledby="moves">
      <div className="sheet-head">
        <h2 id="moves">{w('record.moves')}</h2>
      </div>
      <div className="moves">
        {record.moves.map((it) => (
          <button key={it.to} type="button" className="action" onClick={() => change({ do: it.to })}>
            {named(it.name)}
          </button>
        ))}
        {record.may_change && (
          <button type="button" className="action" onClick={() => change({ do: 'edit' })}>
            {w('record.edit')}
          </button>
        )}
      </div>
    </section>
  );
}

/** One record of any register: how it stands, what it holds, what I may do with it, what was done. */
export default function RecordPage() {
  const w = useWords();
  const named = useNamed();
  const unit = useUnitName();
  const may = useMay();
  const { day, moment } = useTimes();
  const id = usePart('id') ?? '';
  const { definitions } = useDefinitions();
  const { data: record, error, refetch } = useQuery(recordQuery(id));
  const definition = definitions.find((it) => it.id === record?.register);
  if (error instanceof Problem && error.status === 404)
    return <EmptyState title={w('record.not-found')} text={error.message} />;
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!record || !definition) return <Skeleton height={320} aria-busy="true" />;
  return (
    <>
      <header className="page-head">
        <div>
          <p className="small">
            <Go to={`/registers/${definition.id}`}>{named(definition.plural)}</Go>
          </p>
          <h1>{record.title ?? record.id}</h1>
          <div className="record-meta">
            <StateMark definition={definition} state={record.state} isOverdue={record.overdue} />
            <span className="tabular">{record.id}</span>
            {record.due && (
              <span className={record.overdue ? 'past' : ''}>
                {w('record.due', { when: moment(record.due) })}
              </span>
            )}
            {record.owner && <span>{w('record.owner', { who: record.owner })}</span>}
            {record.unit && <span>{unit(record.unit)}</span>}
            <span>
              {record.created_by
                ? w('record.created', { when: day(record.created_at), who: record.created_by })
                : w('record.created.hidden', { when: day(record.created_at) })}
            </span>
          </div>
        </div>
        {FINDINGS.includes(record.register) && may('cases.open') && (
          <Go to="/registers/case" view={{ new: '1', of: record.id }} className="action no-print">
            {w('try.case')}
          </Go>
        )}
      </header>
      <div className="record">
        <div className="stack">
          <Details definition={definition} record={record} />
          <section className="sheet" aria-labelledby="history">
            <div className="sheet-head">
              <h2 id="history">{w('record.history')}</h2>
            </div>
            <RecordHistory definition={definition} id={record.id} />
            {record.may_comment && <Say record={record} />}
          </section>
        </div>
        <Moves definition={definition} record={record} />
      </div>
    </>
  );
}
