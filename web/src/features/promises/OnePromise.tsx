import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../../api/problem';
import { type PromiseVersion, readGap, readPromise } from '../../api/promises';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { usePart, useView } from '../../frame/routes';
import { EmptyState } from '../../parts/EmptyState';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useTimes } from '../../parts/times';
import { CUTS, Cuts } from './Cuts';
import { changesOf } from './changes';
import { FiguresOf } from './FiguresOf';
import { Instances } from './Instances';
import { PromiseText } from './PromiseText';
import { Withdraw } from './Withdraw';
import './promises.css';

/** The title as the text of a promise has it: promise ID "TITLE". */
export const titleOf = (text: string, fallback: string) =>
  /^\s*\S+\s+\S+\s+"([^"]*)"/.exec(text)?.[1] ?? fallback;

function Versions({ versions }: { versions: PromiseVersion[] }) {
  const w = useWords();
  const { moment } = useTimes();
  return (
    <section className="sheet" aria-labelledby="versions">
      <div className="sheet-head">
        <h2 id="versions">{w('promise.versions')}</h2>
      </div>
      <ol className="versions">
        {versions.toReversed().map((it, i) => (
          <li key={it.version}>
            <h3>
              {w('promise.version', { n: it.version })}
              <span className="faint">
                {' '}
                {it.from
                  ? w('promise.version.from', { when: moment(it.from) })
                  : w('promise.version.from-start')}
              </span>
            </h3>
            <p className="small faint">
              {w('promise.version.by', { when: moment(it.published_at), who: it.published_by, why: it.why })}
            </p>
            {it.withdrawn_at && (
              <p className="small past">
                {w('promise.withdrawn', { when: moment(it.withdrawn_at), why: it.withdrawn_why ?? '' })}
              </p>
            )}
            {versions.length - 2 - i >= 0 && (
              <Changed before={versions[versions.length - 2 - i]?.text ?? ''} after={it.text} />
            )}
            {i > 0 && (
              <details className="small">
                <summary>{w('promise.sentence')}</summary>
                <PromiseText text={it.text} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a version changed in the one before it. */
function Changed({ before, after }: { before: string; after: string }) {
  const w = useWords();
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className="small faint">{w('promise.version.same')}</p>;
  return (
    <ul className="version-changes" aria-label={w('promise.version.changes')}>
      {changes.map((it) => (
        <li key={it.kind + it.line} className={it.kind}>
          <span aria-hidden="true">{it.kind === 'gone' ? '− ' : '+ '}</span>
          <span className="unseen">{w(`promise.version.${it.kind}`)} </span>
          {it.line}
        </li>
      ))}
    </ul>
  );
}

/** One promise: its text, how it went, the single ones with their reason, its versions. */
export default function OnePromise() {
  const w = useWords();
  const may = useMay();
  const id = usePart('id') ?? '';
  const [view, change] = useView();
  const [isGoing, setGoing] = useState(false);
  const promise = useQuery({ queryKey: ['promise', id], queryFn: () => readPromise(id) });
  const gap = useQuery({
    queryKey: ['gap', 'one', id],
    queryFn: () => readGap({ promise: id, each: 'month', by: [...CUTS] }),
    enabled: may('gap.read'),
    staleTime: 300_000,
  });
  if (promise.error instanceof Problem && promise.error.status === 404) {
    return (
      <EmptyState title={w('promise.not-found')} text={promise.error.message}>
        <Go to="/promises">{w('promises.page')}</Go>
      </EmptyState>
    );
  }
  if (promise.error) return <ProblemPanel error={promise.error} retry={() => void promise.refetch()} />;
  const latest = promise.data?.data.versions.at(-1);
  if (!latest || !promise.data) return <div aria-busy="true" />;
  const title = titleOf(latest.text, id);
  const isInForce = !latest.withdrawn_at && !isGoing;
  const figures = gap.data?.promises.findLast((it) => it.id === id);
  return (
    <>
      <header className="page-head">
        <div>
          <p className="small">
            <Go to="/promises">{w('promises.page')}</Go>
          </p>
          <h1>{title}</h1>
        </div>
        <div className="row no-print">
          {may('promises.publish') && isInForce && view.do !== 'withdraw' && (
            <button type="button" className="action" onClick={() => change({ do: 'withdraw' })}>
              {w('promise.withdraw')}
            </button>
          )}
          {may('promises.draft') && (
            <Go to={`/promises/${id}/edit`} className="action">
              {w('promise.edit')}
            </Go>
          )}
        </div>
      </header>
      {isGoing && <p className="past going">{w('promise.going')}</p>}
      {view.do === 'withdraw' && may('promises.publish') && isInForce && (
        <Withdraw
          id={id}
          title={title}
          etag={promise.data.etag}
          show={setGoing}
          close={() => change({ do: undefined })}
        />
      )}
      <div className="stack">
        {gap.error && <ProblemPanel error={gap.error} retry={() => void gap.refetch()} />}
        {may('gap.read') && <FiguresOf figures={figures} isWaiting={gap.isLoading} />}
        {gap.isLoading && <Skeleton height={166} />}
        {figures && <Cuts groups={figures.groups ?? []} />}
        <section className="sheet" aria-labelledby="text">
          <div className="sheet-head">
            <h2 id="text">{w('promise.sentence')}</h2>
          </div>
          <PromiseText text={latest.text} />
        </section>
        {may('gap.read') && <Instances id={id} of={gap.data?.promises.filter((it) => it.id === id)} />}
        <Versions versions={promise.data.data.versions} />
      </div>
    </>
  );
}
