import { Skeleton } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { countRecords } from '../../api/registers';
import { Go } from '../../frame/Go';
import { useOrder, useWords } from '../../frame/language';
import { useDefinitions, useNamed } from '../../parts/definitions';
import { ProblemPanel } from '../../parts/ProblemPanel';
import './registers.css';

/** Every register of the installation: the shipped ones and its own. */
export default function RegisterOverview() {
  const w = useWords();
  const named = useNamed();
  const compareTexts = useOrder();
  const { definitions: all, error, isLoading } = useDefinitions();
  const definitions = all.toSorted((a, b) => compareTexts(named(a.plural), named(b.plural)));
  const counts = useQueries({
    queries: definitions.map((it) => ({
      queryKey: ['records', it.id, 'counts'],
      queryFn: () => countRecords(it.id),
    })),
  });
  if (error) return <ProblemPanel error={error} />;
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('registers.page')}</h1>
          <p>{w('registers.text')}</p>
        </div>
      </header>
      {isLoading && <Skeleton height={320} aria-busy="true" />}
      <ul className="registers">
        {definitions.map((it, i) => {
          const count = counts[i]?.data;
          return (
            <li key={it.id} className="sheet">
              <h2>
                <Go to={`/registers/${it.id}`} className="record-title">
                  {named(it.plural)}
                </Go>
              </h2>
              {it.help && <p className="small faint">{named(it.help)}</p>}
              <p className="small register-count" aria-busy={!count}>
                {count ? w('registers.records', { n: count.records }) : ' '}
                {count && count.overdue > 0 && (
                  <span className="past"> · {w('registers.overdue', { n: count.overdue })}</span>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}
