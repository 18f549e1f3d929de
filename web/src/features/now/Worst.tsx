import type { Gap } from '../../api/promises';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { CsvButton } from '../../parts/CsvButton';
import { periodAt, type Weights } from '../../parts/months';
import { RateBar } from '../../parts/RateBar';
import { useFigures } from '../../parts/times';
import { Difference } from './Difference';

const SHOWN = 8;

/** The promises whose gap means most to customers in this month, and how each moved since the month before. */
export function Worst(props: { gap: Gap; weights: Weights; from: string; before: string | undefined }) {
  const w = useWords();
  const unit = useUnitName();
  const { percent, points, count } = useFigures();
  const rows = props.gap.promises
    .flatMap((promise) => {
      const of = periodAt(promise, props.from);
      if (!of || of.rate === null || of.target === null || of.rate >= of.target) return [];
      const before = props.before ? periodAt(promise, props.before) : undefined;
      const gap = of.target - of.rate;
      return [{ promise, of, gap, weight: gap * props.weights(promise.id), before: before?.rate ?? null }];
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, SHOWN);
  const csv = () => [
    [
      w('promises.promise'),
      w('promises.unit'),
      w('now.promised'),
      w('now.delivered'),
      w('now.points-column'),
    ],
    ...rows.map((it) => [it.promise.title, unit(it.promise.unit), it.of.target, it.of.rate, it.gap * 100]),
  ];
  return (
    <section className="sheet" aria-labelledby="worst">
      <div className="sheet-head">
        <div>
          <h2 id="worst">{w('now.worst')}</h2>
          <p className="small faint">{w('now.worst.text')}</p>
        </div>
        <CsvButton rows={csv} />
      </div>
      <div className="table-wrap">
        <table className="list worst">
          <thead>
            <tr>
              <th>{w('promises.promise')}</th>
              <th className="wide-only">{w('promises.unit')}</th>
              <th className="number wide-only">{w('now.promised')}</th>
              <th className="spread" colSpan={2}>
                {w('now.delivered')}
              </th>
              <th className="number">{w('now.gap')}</th>
              <th className="number wide-only">{w('now.change-column')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((it) => (
              <tr key={it.promise.id}>
                <td>
                  <Go to={`/promises/${it.promise.id}`} className="promise-link">
                    {it.promise.title}
                  </Go>
                  <span className="small faint under">
                    {w('now.broken-customers', { n: it.of.customers_with_broken }).replace(
                      String(it.of.customers_with_broken),
                      count(it.of.customers_with_broken),
                    )}
                  </span>
                </td>
                <td className="wide-only">{unit(it.promise.unit)}</td>
                <td className="number wide-only">{percent(it.of.target)}</td>
                <td className="number">{percent(it.of.rate)}</td>
                <td className="rate-cell">
                  <RateBar of={it.of} />
                </td>
                <td className="number past">{points(it.gap).replace('+', '')}</td>
                <td className="number wide-only">
                  <Difference now={it.of.rate} before={it.before} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
