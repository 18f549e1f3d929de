import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { backTest, type Counts } from '../../api/promises';
import { useTerm, useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { TableWrap } from '../../parts/TableWrap';
import { useFigures } from '../../parts/times';

// Why so late: it evaluates all of history each time.
const TRY_AFTER_MS = 900;
const VERDICTS = ['kept', 'late', 'broken', 'pending', 'void'] as const;

function Side({ title, of }: { title: string; of: Counts }) {
  const { percent } = useFigures();
  return (
    <div className="test-side">
      <h3>{title}</h3>
      <p className="figure accent">{percent(of.rate, 1)}</p>
      <RateBar of={{ rate: of.rate, wilson: null, target: null }} />
    </div>
  );
}

/** What would have happened, had the promise read like this all the time. */
export function BackTestPanel({ text, against }: { text: string | undefined; against: string | undefined }) {
  const w = useWords();
  const term = useTerm();
  const { count, points } = useFigures();
  const [settled] = useDebouncedValue(text, TRY_AFTER_MS);
  const test = useQuery({
    queryKey: ['backtest', settled, against],
    queryFn: () => backTest(settled ?? '', against),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });
  const before = test.data?.in_force;
  const after = test.data?.with_draft ?? test.data?.gap?.promises[0];
  return (
    <section className="sheet test" aria-labelledby="test" aria-busy={test.isFetching}>
      <div className="sheet-head">
        <h2 id="test">{w('edit.test')}</h2>
        <span className="faint small" role="status">
          {test.isFetching ? w('edit.testing') : ''}
        </span>
      </div>
      <p className="faint small">{w('edit.test.text')}</p>
      {test.error && <ProblemPanel error={test.error} />}
      {after && (
        <>
          <div className="test-sides">
            {before && <Side title={w('edit.test.now')} of={before} />}
            <Side title={w('edit.test.draft')} of={after} />
          </div>
          {test.data?.changed !== undefined && (
            <p>
              <b>{w('edit.test.changed', { n: test.data.changed })}</b>
            </p>
          )}
          <TableWrap label={w('promise.verdict')}>
            <table className="list">
              <thead>
                <tr>
                  <th>{w('promise.verdict')}</th>
                  {before && <th className="number">{w('edit.test.now')}</th>}
                  <th className="number">{w('edit.test.draft')}</th>
                  {before && <th className="number">{w('now.change-column')}</th>}
                </tr>
              </thead>
              <tbody>
                {VERDICTS.map((it) => (
                  <tr key={it}>
                    <td>{term('verdict', it)}</td>
                    {before && <td className="number">{count(before[it])}</td>}
                    <td className="number">{count(after[it])}</td>
                    {before && <td className="number">{points((after[it] - before[it]) / 100)}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableWrap>
        </>
      )}
    </section>
  );
}
