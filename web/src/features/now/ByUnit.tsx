import type { Gap } from '../../api/promises';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { monthsOf, type Weights } from '../../parts/months';
import { RateBar } from '../../parts/RateBar';
import { useFigures } from '../../parts/times';
import { Difference } from './Difference';

/** Each unit's promises together, the widest gap first. */
export function ByUnit(props: { gap: Gap; weights: Weights; from: string; before: string | undefined }) {
  const w = useWords();
  const unitName = useUnitName();
  const { percent, points } = useFigures();
  const units = [...new Set(props.gap.promises.flatMap((it) => it.unit ?? []))]
    .flatMap((unit) => {
      const months = monthsOf(props.gap, props.weights, unit);
      const now = months.find((it) => it.from === props.from)?.weighed;
      const before = months.find((it) => it.from === props.before)?.weighed;
      return now ? [{ unit, now, before }] : [];
    })
    .sort((a, b) => b.now.gap - a.now.gap);
  return (
    <section className="sheet" aria-labelledby="by-unit">
      <div className="sheet-head">
        <h2 id="by-unit">{w('now.by-unit')}</h2>
      </div>
      <div className="table-wrap">
        <table className="list worst">
          <thead>
            <tr>
              <th>{w('promises.unit')}</th>
              <th className="number wide-only">{w('now.promised')}</th>
              <th className="spread" colSpan={2}>
                {w('now.delivered')}
              </th>
              <th className="number">{w('now.gap')}</th>
              <th className="number wide-only">{w('now.change-column')}</th>
            </tr>
          </thead>
          <tbody>
            {units.map((it) => (
              <tr key={it.unit}>
                <td>
                  <Go to="/promises" view={{ unit: it.unit }} className="promise-link">
                    {unitName(it.unit)}
                  </Go>
                </td>
                <td className="number wide-only">{percent(it.now.promised)}</td>
                <td className="number">{percent(it.now.delivered)}</td>
                <td className="rate-cell">
                  <RateBar of={{ rate: it.now.delivered, target: it.now.promised, wilson: null }} />
                </td>
                <td className={it.now.gap > 0 ? 'number past' : 'number is-better'}>
                  {points(it.now.gap).replace('+', '')}
                </td>
                <td className="number wide-only">
                  <Difference now={it.now.delivered} before={it.before?.delivered ?? null} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
