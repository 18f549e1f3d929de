import { Skeleton } from '@mantine/core';
import type { Causes } from '../../api/overview';
import type { Gap } from '../../api/promises';
import { useMay } from '../../api/session';
import { type Unit, useUnits } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { LiveFigures } from '../../parts/anew';
import { useCauses } from '../../parts/causes';
import { EmptyState } from '../../parts/EmptyState';
import { useGapByMonth, useWeights } from '../../parts/gaps';
import { lastFullMonth, monthsOf, type Weighed } from '../../parts/months';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures, useTimes } from '../../parts/times';
import { causedElsewhere, causedHere, contactsIn } from './caused';
import { OwedCases } from './OwedCases';
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

function Asked() {
  const w = useWords();
  const asked = useAskedCases();
  return <OwedCases id="asked" title={w('units.asked')} none={w('units.asked.none')} query={asked} />;
}

interface Row {
  unit: Unit;
  depth: number;
  promises: number;
  weighed: Weighed | null | undefined;
  /** Contacts that it caused elsewhere, and that others caused it. */
  elsewhere: number | undefined;
  here: number | undefined;
  open: number;
  overdue: number;
}

/** What every unit promised and kept in the last whole month, and what it owes today. */
function useRows(
  units: Unit[],
  gap: Gap | undefined,
  from: string | undefined,
  causes: Causes | undefined,
): Row[] {
  const weights = useWeights();
  const cases = useOpenCases(undefined);
  return inOrder(units).map(({ unit, depth }) => {
    const months = gap ? monthsOf(gap, weights, unit.id) : [];
    const open = (cases.data ?? []).filter((it) => it.unit === unit.id);
    return {
      unit,
      depth,
      promises: gap?.promises.filter((it) => it.unit === unit.id).length ?? 0,
      weighed: months.find((it) => it.from === from)?.weighed,
      elsewhere: causes && contactsIn(causedElsewhere(causes, unit.id)),
      here: causes && contactsIn(causedHere(causes, unit.id)),
      open: open.length,
      overdue: open.filter((it) => it.overdue).length,
    };
  });
}

function useColumns(): Column<Row>[] {
  const w = useWords();
  const { percent, points } = useFigures();
  const number = (id: string, title: string, of: (row: Row) => number | undefined, isWideOnly = true) => ({
    id,
    title,
    isNumber: true,
    isWideOnly,
    value: of,
    cell: (row: Row) => of(row) ?? '–',
  });
  return [
    {
      id: 'unit',
      title: w('units.unit'),
      value: ({ unit }) => unit.name,
      look: ({ depth }) => `unit-depth-${Math.min(depth, 3)}`,
      cell: ({ unit }) => (
        <Go to={`/units/${encodeURIComponent(unit.id)}`} className="promise-link">
          {unit.name}
        </Go>
      ),
    },
    number('promises', w('units.promises'), (it) => it.promises),
    {
      ...number('promised', w('now.promised'), (it) => it.weighed?.promised),
      cell: (it) => percent(it.weighed?.promised),
    },
    {
      ...number('delivered', w('now.delivered'), (it) => it.weighed?.delivered, false),
      cell: (it) => percent(it.weighed?.delivered),
      bar: ({ weighed }) =>
        weighed && <RateBar of={{ rate: weighed.delivered, target: weighed.promised, wilson: null }} />,
    },
    {
      ...number('gap', w('now.gap'), (it) => it.weighed?.gap),
      look: ({ weighed }) => (weighed && weighed.gap > 0.005 ? 'past' : ''),
      cell: ({ weighed }) => (weighed ? points(weighed.gap).replace('+', '') : '–'),
    },
    number('elsewhere', w('units.caused.out'), (it) => it.elsewhere),
    number('here', w('units.caused.in'), (it) => it.here),
    number('open', w('units.open'), (it) => it.open, false),
    {
      ...number('overdue', w('units.overdue'), (it) => it.overdue),
      look: ({ overdue }) => (overdue > 0 ? 'past' : ''),
    },
  ];
}

/** Every unit: what it promised and kept, and which answers it owes. */
export default function UnitList() {
  const w = useWords();
  const may = useMay();
  const { month } = useTimes();
  const units = useUnits();
  const gap = useGapByMonth(may('gap.read'));
  const weights = useWeights();
  const shown = gap.data ? lastFullMonth(monthsOf(gap.data, weights)) : undefined;
  const causes = useCauses(shown?.from, shown?.to, may('gap.read'));
  const rows = useRows(units, gap.data, shown?.from, causes.data);
  const columns = useColumns();
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
        {may('stream.read') && <LiveFigures />}
        {gap.error && <ProblemPanel error={gap.error} retry={() => void gap.refetch()} />}
        {gap.isLoading && <Skeleton height={420} aria-busy="true" />}
        {!gap.isLoading && units.length === 0 && (
          <EmptyState title={w('units.none')} text={w('units.none.text')} />
        )}
        {!gap.isLoading && units.length > 0 && (
          <section className="sheet" aria-label={w('units.page')}>
            <Table
              label={w('units.page')}
              columns={columns}
              rows={rows}
              keyOf={({ unit }) => unit.id}
              sortedBy="sort"
            />
            <TableCsv columns={columns} rows={rows} />
          </section>
        )}
        <Asked />
      </div>
    </>
  );
}
