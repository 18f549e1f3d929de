import type { Gap } from '../../api/promises';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { monthsOf, type Weights } from '../../parts/months';
import { RateBar } from '../../parts/RateBar';
import { type Column, Table, TableCsv } from '../../parts/Table';
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
  const columns: Column<(typeof units)[number]>[] = [
    {
      id: 'unit',
      title: w('promises.unit'),
      value: (it) => unitName(it.unit),
      cell: (it) => (
        <Go to="/promises" view={{ unit: it.unit }} className="promise-link">
          {unitName(it.unit)}
        </Go>
      ),
    },
    {
      id: 'promised',
      title: w('now.promised'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => it.now.promised,
      cell: (it) => percent(it.now.promised),
    },
    {
      id: 'delivered',
      title: w('now.delivered'),
      isNumber: true,
      value: (it) => it.now.delivered,
      cell: (it) => percent(it.now.delivered),
      bar: (it) => <RateBar of={{ rate: it.now.delivered, target: it.now.promised, wilson: null }} />,
    },
    {
      id: 'gap',
      title: w('now.gap'),
      csvTitle: w('now.points-column'),
      isNumber: true,
      value: (it) => it.now.gap * 100,
      cell: (it) => points(it.now.gap).replace('+', ''),
      look: (it) => (it.now.gap > 0 ? 'past' : 'is-better'),
    },
    {
      id: 'change',
      title: w('now.change-column'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => it.before && (it.now.delivered - it.before.delivered) * 100,
      cell: (it) => <Difference now={it.now.delivered} before={it.before?.delivered ?? null} />,
    },
  ];
  return (
    <section className="sheet" aria-labelledby="by-unit">
      <div className="sheet-head">
        <h2 id="by-unit">{w('now.by-unit')}</h2>
        <TableCsv columns={columns} rows={units} />
      </div>
      <Table
        label={w('now.by-unit')}
        look="worst"
        columns={columns}
        rows={units}
        keyOf={(it) => it.unit}
        sortedBy="units"
      />
    </section>
  );
}
