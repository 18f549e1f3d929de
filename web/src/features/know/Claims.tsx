import type { Quarter } from '../../api/quarters';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { Asked } from '../../parts/Asked';
import { usePromises } from '../../parts/gaps';
import { periodAt } from '../../parts/months';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { useFigures, useTimes } from '../../parts/times';
import { useClaimed, useGapOfQuarters } from './reading';

/** What is said in public, each beside how often it was kept in the quarter; the worst first. */
export function Claims({ quarter }: { quarter: Quarter | undefined }) {
  const w = useWords();
  const { percent } = useFigures();
  const promises = usePromises();
  const gap = useGapOfQuarters();
  const rows = (promises.data ?? [])
    .flatMap((promise) =>
      promise.claims.map((claim) => {
        const figures = gap.data?.promises.find((it) => it.id === promise.id);
        const of = quarter && figures ? periodAt(figures, quarter.from) : undefined;
        return { promise, claim, of };
      }),
    )
    .sort((a, b) => (a.of?.rate ?? 2) - (b.of?.rate ?? 2));
  return (
    <section className="sheet" aria-labelledby="claims">
      <div className="sheet-head">
        <div>
          <h2 id="claims">{w('know.claims')}</h2>
          <p className="small faint">{w('know.claims.text')}</p>
        </div>
      </div>
      <Asked query={promises}>
        {() =>
          rows.length === 0 ? (
            <p className="faint">{w('know.claims.none')}</p>
          ) : (
            <ul className="claims" aria-busy={gap.isLoading}>
              {rows.map((it) => (
                <li key={it.promise.id + it.claim.wording}>
                  <div>
                    <p className="claim-wording">
                      <Go to={`/promises/${it.promise.id}`} className="promise-link">
                        {w('quoted', { text: it.claim.wording })}
                      </Go>
                    </p>
                    {it.claim.at && <p className="small faint">{it.claim.at}</p>}
                  </div>
                  <span className="figure-2 tabular">{percent(it.of?.rate)}</span>
                  {it.of ? <RateBar of={it.of} /> : <span />}
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
      {gap.error && <ProblemPanel error={gap.error} retry={() => void gap.refetch()} />}
    </section>
  );
}

/** What customers say that we promised. */
export function Claimed() {
  const w = useWords();
  const { day } = useTimes();
  const claimed = useClaimed();
  return (
    <section className={claimed.data?.length === 0 ? 'sheet no-print' : 'sheet'} aria-labelledby="claimed">
      <div className="sheet-head">
        <h2 id="claimed">{w('know.words')}</h2>
      </div>
      <Asked query={claimed}>
        {(data) =>
          data.length === 0 ? (
            <p className="faint">{w('know.words.none')}</p>
          ) : (
            <ul className="said">
              {data.slice(0, 5).map((it) => (
                <li key={it.id}>
                  <Go to={`/records/${it.id}`} className="promise-link">
                    {w('quoted', { text: it.title ?? '' })}
                  </Go>{' '}
                  <span className="small faint">{day(it.created_at)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </section>
  );
}
