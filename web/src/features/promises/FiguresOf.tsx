import { Skeleton } from '@mantine/core';
import type { PromiseGap } from '../../api/promises';
import { useTerm, useWords } from '../../frame/language';
import { fullPeriods, settledOf } from '../../parts/months';
import { TargetState } from '../../parts/TargetState';
import { Trend } from '../../parts/Trend';
import { useFigures, useTimes } from '../../parts/times';

const VERDICTS = ['kept', 'late', 'broken', 'overdue', 'pending'] as const;

/** How a promise went: the share, how many of each status, how late, month by month. */
export function FiguresOf({ figures, isWaiting }: { figures: PromiseGap | undefined; isWaiting: boolean }) {
  const w = useWords();
  const term = useTerm();
  const { percent, count } = useFigures();
  const { lasting } = useTimes();
  if (!figures) return isWaiting ? <Skeleton height={486} aria-busy="true" /> : null;
  const { p50, p90 } = figures.late_by_s;
  return (
    <section className="sheet" aria-labelledby="figures">
      <div className="sheet-head">
        <h2 id="figures">{w('promise.figures')}</h2>
        <TargetState state={figures.target_state} />
      </div>
      <dl className="figures">
        <div>
          <dt>{w('now.promised')}</dt>
          <dd className="figure">{percent(figures.target)}</dd>
        </div>
        <div>
          <dt>{w('now.delivered')}</dt>
          <dd className="figure accent">{percent(figures.rate, 1)}</dd>
        </div>
        {VERDICTS.map((it) => (
          <div key={it}>
            <dt>{term('verdict', it)}</dt>
            <dd className="figure-2">{count(figures[it])}</dd>
          </div>
        ))}
      </dl>
      <ul className="facts-line small faint">
        <li>{w('promise.customers-broken', { n: figures.customers_with_broken })}</li>
        {p50 !== null && p90 !== null && (
          <li>{w('promise.late-by', { p50: lasting(p50), p90: lasting(p90) })}</li>
        )}
        {figures.rescued > 0 && <li>{w('promise.rescued', { n: figures.rescued })}</li>}
      </ul>
      {figures.periods && figures.periods.length > 1 && (
        <Trend
          label={w('promise.trend')}
          points={fullPeriods(figures.periods)
            .filter((it) => settledOf(it) > 0)
            .map((it) => ({
              from: it.from,
              promised: it.target,
              delivered: it.rate,
              interval: it.wilson,
            }))}
        />
      )}
    </section>
  );
}
