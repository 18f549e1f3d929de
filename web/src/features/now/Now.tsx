import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { useWall } from '../../frame/wall';
import { useCauses } from '../../parts/causes';
import { EmptyState } from '../../parts/EmptyState';
import { useGapByMonth, useWeights } from '../../parts/gaps';
import { lastFullMonth, monthsOf } from '../../parts/months';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { Trend } from '../../parts/Trend';
import { useFigures, useTimes } from '../../parts/times';
import { ByUnit } from './ByUnit';
import { Chains } from './Chains';
import { DueSoon, hoursOf, LISTED } from './DueSoon';
import { FeltNow } from './FeltNow';
import { Live } from './Live';
import { Places } from './Places';
import { useDue } from './reading';
import { Weeks } from './Weeks';
import { Worst } from './Worst';
import './now.css';

// Few open it, and then for a whole day.
const Wall = lazy(() => import('./Wall'));

/** Promise, delivery and the gap, each for itself; what is worst; what changed; what happens at this moment. */
export default function Now() {
  return useWall().isOn ? (
    <Suspense>
      <Wall />
    </Suspense>
  ) : (
    <Desk />
  );
}

function Desk() {
  const w = useWords();
  const may = useMay();
  const { percent, points } = useFigures();
  const { month: monthName, day } = useTimes();
  const [view, change] = useView();
  const gap = useGapByMonth();
  const weights = useWeights();
  const months = gap.data ? monthsOf(gap.data, weights) : [];
  const shown = months.find((it) => it.from.slice(0, 10) === view.month) ?? lastFullMonth(months);
  const i = shown ? months.indexOf(shown) : -1;
  const weighed = shown?.weighed;
  const causes = useCauses(shown?.from, shown?.to);
  // Why here too: it comes before the gap does, so what stands beneath it has its place from the first.
  const due = useDue(hoursOf(view.hours), LISTED, may('stream.read'));
  if (gap.error) return <ProblemPanel error={gap.error} retry={() => void gap.refetch()} />;
  if (gap.data && (months.length === 0 || !shown)) {
    return <EmptyState title={w('now.none')} text={w('now.none.text')} />;
  }
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('now.page')}</h1>
          <p>{w('now.text')}</p>
        </div>
        {shown && (
          <label className="pick month-pick">
            {w('promise.month')}
            <select
              value={shown.from.slice(0, 10)}
              onChange={(event) => change({ month: event.currentTarget.value })}
            >
              {months.toReversed().map((it) => (
                <option key={it.from} value={it.from.slice(0, 10)}>
                  {monthName(it.from)}
                </option>
              ))}
            </select>
            {gap.data?.complete_through && (
              <span className="note">{w('now.complete', { when: day(gap.data.complete_through) })}</span>
            )}
          </label>
        )}
      </header>
      <div className="now" aria-busy={gap.isLoading}>
        {!gap.data || !shown || due.isLoading ? (
          <>
            <Skeleton height={320} />
            <Skeleton height={360} />
            <Skeleton height={360} />
          </>
        ) : (
          <>
            <dl className="three four">
              <div>
                <dt>
                  <Go to="/promises" className="plain-link">
                    {w('now.promised')}
                  </Go>
                </dt>
                <dd className="figure">{percent(weighed?.promised, 1)}</dd>
                <dd className="small faint">{w('now.promised.text')}</dd>
              </div>
              <div>
                <dt>
                  <Go to="/promises" className="plain-link">
                    {w('now.delivered')}
                  </Go>
                </dt>
                <dd className="figure accent">{percent(weighed?.delivered, 1)}</dd>
                <dd className="small faint">{w('now.delivered.text')}</dd>
              </div>
              <div className={weighed && weighed.gap > 0 ? 'is-gap' : ''}>
                <dt>{w('now.gap')}</dt>
                <dd className="figure">{weighed ? points(weighed.gap, 1).replace('+', '') : '–'}</dd>
                <dd className="small faint">{w('now.gap.text')}</dd>
              </div>
              <FeltNow causes={causes.data} />
            </dl>
            {may('stream.read') && <DueSoon />}
            <div className="now-columns">
              <section className="sheet" aria-labelledby="trend">
                <div className="sheet-head">
                  <h2 id="trend">{w('now.trend')}</h2>
                </div>
                <Trend
                  label={w('now.trend')}
                  points={months.slice(0, i + 1).map((it) => ({
                    from: it.from,
                    promised: it.weighed?.promised ?? null,
                    delivered: it.weighed?.delivered ?? null,
                  }))}
                />
              </section>
              {may('stream.read') && <Live />}
            </div>
            <Weeks through={gap.data.complete_through} />
            {causes.error && <ProblemPanel error={causes.error} retry={() => void causes.refetch()} />}
            {causes.isLoading && (
              <>
                <Skeleton height={460} />
                <Skeleton height={460} />
              </>
            )}
            {causes.data && (
              <>
                <Places causes={causes.data} />
                <Chains causes={causes.data} />
              </>
            )}
            <Worst gap={gap.data} weights={weights} from={shown.from} before={months[i - 1]?.from} />
            <ByUnit gap={gap.data} weights={weights} from={shown.from} before={months[i - 1]?.from} />
          </>
        )}
      </div>
    </>
  );
}
