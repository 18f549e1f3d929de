import { Skeleton } from '@mantine/core';
import { useMay } from '../../api/session';
import { type Unit, useUnits } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { CsvButton } from '../../parts/CsvButton';
import { useCauses } from '../../parts/causes';
import { useDefinition } from '../../parts/definitions';
import { EmptyState } from '../../parts/EmptyState';
import { useGapByMonth, useWeights } from '../../parts/gaps';
import { lastFullMonth, monthsOf } from '../../parts/months';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { useFigures, useTimes } from '../../parts/times';
import { RecordTable } from '../registers/RecordTable';
import { causedElsewhere, causedHere, contactsIn } from './caused';
import { useAskedCases, useOpenCases } from './reading';
import './units.css';

/** Those at the top first, each followed by what lies beneath it. */
export function inOrder(units: Unit[]): { unit: Unit; depth: number }[] {
  const known = new Set(units.map((it) => it.id));
  const below = (parent: string | null, depth: number): { unit: Unit; depth: number }[] =>
    units
      .filter((it) => (it.parent && known.has(it.parent) ? it.parent : null) === parent)
      .flatMap((unit) => [{ unit, depth }, ...below(unit.id, depth + 1)]);
  return below(null, 0);
}

export function Asked() {
  const w = useWords();
  const definition = useDefinition('case');
  const { data } = useAskedCases();
  return (
    <section className="sheet" aria-labelledby="asked">
      <div className="sheet-head">
        <h2 id="asked">{w('units.owed')}</h2>
      </div>
      {data && data.length > 0 ? (
        <RecordTable definition={definition} records={data} />
      ) : (
        <p className="faint">{w('units.owed.none')}</p>
      )}
    </section>
  );
}

/** Every unit: what it promised and kept, and which answers it owes. */
export default function UnitList() {
  const w = useWords();
  const may = useMay();
  const { percent, points } = useFigures();
  const { month } = useTimes();
  const units = useUnits();
  const gap = useGapByMonth(may('gap.read'));
  const weights = useWeights();
  const cases = useOpenCases(undefined);
  const shown = gap.data ? lastFullMonth(monthsOf(gap.data, weights)) : undefined;
  const causes = useCauses(shown?.from, shown?.to, may('gap.read'));
  const rows = inOrder(units).map(({ unit, depth }) => {
    const months = gap.data ? monthsOf(gap.data, weights, unit.id) : [];
    const open = (cases.data ?? []).filter((it) => it.unit === unit.id);
    return {
      unit,
      depth,
      promises: gap.data?.promises.filter((it) => it.unit === unit.id).length ?? 0,
      weighed: months.find((it) => it.from === shown?.from)?.weighed,
      elsewhere: causes.data ? contactsIn(causedElsewhere(causes.data, unit.id)) : undefined,
      here: causes.data ? contactsIn(causedHere(causes.data, unit.id)) : undefined,
      open: open.length,
      overdue: open.filter((it) => it.overdue).length,
    };
  });
  const csv = () => [
    [
      w('units.unit'),
      w('units.promises'),
      w('now.promised'),
      w('now.delivered'),
      w('units.caused.out'),
      w('units.caused.in'),
      w('units.open'),
      w('units.overdue'),
    ],
    ...rows.map((it) => [
      it.unit.name,
      it.promises,
      it.weighed?.promised,
      it.weighed?.delivered,
      it.elsewhere,
      it.here,
      it.open,
      it.overdue,
    ]),
  ];
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('units.page')}</h1>
          <p>{w('units.text')}</p>
        </div>
        {shown && <p className="small">{w('units.month', { month: month(shown.from) })}</p>}
      </header>
      <div className="stack units">
        {gap.error && <ProblemPanel error={gap.error} retry={() => void gap.refetch()} />}
        {gap.isLoading && <Skeleton height={420} aria-busy="true" />}
        {!gap.isLoading && units.length === 0 && (
          <EmptyState title={w('units.none')} text={w('units.none.text')} />
        )}
        {!gap.isLoading && units.length > 0 && (
          <section className="sheet" aria-label={w('units.page')}>
            <div className="table-wrap">
              <table className="list">
                <thead>
                  <tr>
                    <th>{w('units.unit')}</th>
                    <th className="number wide-only">{w('units.promises')}</th>
                    <th className="number wide-only">{w('now.promised')}</th>
                    <th className="spread" colSpan={2}>
                      {w('now.delivered')}
                    </th>
                    <th className="number wide-only">{w('now.gap')}</th>
                    <th className="number wide-only">{w('units.caused.out')}</th>
                    <th className="number wide-only">{w('units.caused.in')}</th>
                    <th className="number">{w('units.open')}</th>
                    <th className="number wide-only">{w('units.overdue')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((it) => (
                    <tr key={it.unit.id}>
                      <td className={`unit-depth-${Math.min(it.depth, 3)}`}>
                        <Go to={`/units/${encodeURIComponent(it.unit.id)}`} className="promise-link">
                          {it.unit.name}
                        </Go>
                      </td>
                      <td className="number wide-only">{it.promises || <span className="faint">–</span>}</td>
                      <td className="number wide-only">{percent(it.weighed?.promised)}</td>
                      <td className="number">{percent(it.weighed?.delivered)}</td>
                      <td className="rate-cell">
                        {it.weighed && (
                          <RateBar
                            of={{ rate: it.weighed.delivered, target: it.weighed.promised, wilson: null }}
                          />
                        )}
                      </td>
                      <td
                        className={
                          it.weighed && it.weighed.gap > 0.005 ? 'number wide-only past' : 'number wide-only'
                        }
                      >
                        {it.weighed ? points(it.weighed.gap).replace('+', '') : '–'}
                      </td>
                      <td className="number wide-only">{it.elsewhere ?? '–'}</td>
                      <td className="number wide-only">{it.here ?? '–'}</td>
                      <td className="number">{it.open}</td>
                      <td className={it.overdue > 0 ? 'number wide-only past' : 'number wide-only'}>
                        {it.overdue}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <CsvButton rows={csv} />
          </section>
        )}
        <Asked />
      </div>
    </>
  );
}
