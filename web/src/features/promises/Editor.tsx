import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkText, type Diagnostic, readPromise, readVocabulary } from '../../api/promises';
import { type RegisterRecord, readRecord } from '../../api/registers';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { usePart, useView } from '../../frame/routes';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { BackTestPanel } from './BackTestPanel';
import { CodeField } from './CodeField';
import { FormPanel } from './FormPanel';
import { titleOf } from './OnePromise';
import { PublishForm } from './PublishForm';
import './promises.css';

const NEW = 'new';
const TEMPLATE = `promise delivered-within-five-working-days "Delivered within five working days"
  kept by logistics   weight 3
  when order.placed
  then order.delivered within 5 business days, same order
  unless order.cancelled, same order
  target 90% each month, at least 20 instances
`;
const READ_AFTER_MS = 250;

function Diagnostics({ found }: { found: Diagnostic[] }) {
  const w = useWords();
  return (
    <ul className="diagnostics">
      {found.map((it) => (
        <li key={`${it.code}${it.from.line}:${it.from.column}`} className={it.severity}>
          <b>{w('edit.place', { line: it.from.line, column: it.from.column })}</b> {it.message}
          {it.suggestion && <> {w('edit.suggestion', { what: it.suggestion })}</>}
        </li>
      ))}
    </ul>
  );
}

interface EditProps {
  id: string;
  /** What is in force; nothing of a new promise. */
  before: string;
  start: string;
  etag: string | undefined;
  proposal: RegisterRecord | undefined;
}

function Edit({ id, before, start, etag, proposal }: EditProps) {
  const w = useWords();
  const [text, setText] = useState(start);
  const [settled] = useDebouncedValue(text, READ_AFTER_MS);
  const checked = useQuery({
    queryKey: ['check', settled],
    queryFn: ({ signal }) => checkText(settled, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const vocabulary = useQuery({
    queryKey: ['vocabulary'],
    queryFn: readVocabulary,
    staleTime: 300_000,
  }).data;
  const isCurrent = settled === text && !checked.isPlaceholderData;
  const diagnostics = checked.data?.diagnostics ?? [];
  const isOk = checked.data?.ok === true && isCurrent;
  const isNew = id === NEW;
  return (
    <>
      <header className="page-head">
        <div>
          <p className="small">
            <Go to={isNew ? '/promises' : `/promises/${id}`}>{w('edit.cancel')}</Go>
          </p>
          <h1>{isNew ? w('edit.title.new') : w('edit.title', { title: titleOf(before, id) })}</h1>
          {proposal && (
            <p>
              {w('edit.from-proposal', { who: proposal.created_by ?? '–' })}{' '}
              <Go to={`/records/${proposal.id}`}>{proposal.title}</Go>
            </p>
          )}
        </div>
      </header>
      <div className="edit">
        <FormPanel text={text} vocabulary={vocabulary} isNew={isNew} change={setText} />
        <section className="sheet">
          <CodeField
            label={w('edit.text')}
            text={text}
            diagnostics={isCurrent ? diagnostics : []}
            vocabulary={vocabulary}
            change={setText}
          />
          <div role="status" className="edit-state">
            {checked.error && <ProblemPanel error={checked.error} />}
            {isOk && diagnostics.length === 0 && <p className="fine">{w('edit.ok')}</p>}
            {diagnostics.length > 0 && <Diagnostics found={diagnostics} />}
          </div>
        </section>
        <BackTestPanel text={isOk ? settled : undefined} against={isNew ? undefined : id} />
        <PublishForm
          id={isNew ? undefined : id}
          text={text}
          etag={etag}
          isReady={isOk && text !== before}
          proposal={proposal}
        />
      </div>
    </>
  );
}

/** The text of a promise, what is wrong with it under the words, and what it would have done to history. */
export default function Editor() {
  const id = usePart('id') ?? NEW;
  const [view] = useView();
  const promise = useQuery({
    queryKey: ['promise', id],
    queryFn: () => readPromise(id),
    enabled: id !== NEW,
  });
  const proposal = useQuery({
    queryKey: ['proposal', view.proposal],
    queryFn: () => readRecord(view.proposal ?? ''),
    enabled: Boolean(view.proposal),
  });
  const error = promise.error ?? proposal.error;
  if (error) return <ProblemPanel error={error} />;
  const latest = promise.data?.data.versions.at(-1);
  if ((id !== NEW && !latest) || (view.proposal && !proposal.data)) return <div aria-busy="true" />;
  const before = latest?.text ?? '';
  const proposed = proposal.data?.values.text;
  return (
    <Edit
      key={`${latest?.version} ${view.proposal}`}
      id={id}
      before={before}
      start={typeof proposed === 'string' && proposed ? proposed : before || TEMPLATE}
      etag={promise.data?.etag}
      proposal={proposal.data}
    />
  );
}
