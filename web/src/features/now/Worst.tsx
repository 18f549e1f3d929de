import type { Gap } from '../../api/promises';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { periodAt, type Weights } from '../../parts/months';
import { RateBar } from '../../parts/RateBar';
import { type Column, Table, TableCsv } from '../../parts/Table';
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
  const columns: Column<(typeof rows)[number]>[] = [
    {
      id: 'promise',
      title: w('promises.promise'),
      value: (it) => it.promise.title,
      cell: (it) => (
        <>
          <Go to={`/promises/${it.promise.id}`} className="promise-link">
            {it.promise.title}
          </Go>
          <span className="small faint under">
            {w('now.broken-customers', { n: it.of.customers_with_broken }).replace(
              String(it.of.customers_with_broken),
              count(it.of.customers_with_broken),
            )}
          </span>
        </>
      ),
    },
    {
      id: 'unit',
      title: w('promises.unit'),
      isWideOnly: true,
      value: (it) => unit(it.promise.unit),
      cell: (it) => unit(it.promise.unit),
    },
    {
      id: 'promised',
      title: w('now.promised'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => it.of.target,
      cell: (it) => percent(it.of.target),
    },
    {
      id: 'delivered',
      title: w('now.delivered'),
      isNumber: true,
      value: (it) => it.of.rate,
      cell: (it) => percent(it.of.rate),
      bar: (it) => <RateBar of={it.of} />,
    },
    {
      id: 'gap',
      title: w('now.gap'),
      csvTitle: w('now.points-column'),
      isNumber: true,
      value: (it) => it.gap * 100,
      cell: (it) => points(it.gap).replace('+', ''),
      look: () => 'past',
    },
    {
      id: 'change',
      title: w('now.change-column'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => (it.of.rate === null || it.before === null ? null : (it.of.rate - it.before) * 100),
      cell: (it) => <Difference now={it.of.rate} before={it.before} />,
    },
  ];
  return (
    <section className="sheet" aria-labelledby="worst">
      <div className="sheet-head">
        <div>
          <h2 id="worst">{w('now.worst')}</h2>
          <p className="small faint">{w('now.worst.text')}</p>
        </div>
        <TableCsv columns={columns} rows={rows} />
      </div>
      <Table
        label={w('now.worst')}
        look="worst"
        columns={columns}
        rows={rows}
        keyOf={(it) => it.promise.id}
        sortedBy="worst"
      />
    </section>
  );
}
