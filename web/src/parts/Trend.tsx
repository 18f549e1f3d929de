import { useWords } from '../frame/language';
import { areaBetween, Chart, endOf, lineOf, pathOf } from './Chart';
import { type Column, Table, TableCsv } from './Table';
import { useFigures, useTimes } from './times';

export interface TrendPoint {
  from: string;
  promised: number | null;
  delivered: number | null;
  /** Between which it lies, at 95 %. */
  interval?: [number, number] | null;
}

/** Five lines at most over what is shown; the scale need not begin at zero, since height means no amount here. */
function scaleOf(points: TrendPoint[]) {
  const values = points
    .flatMap((it) => [it.promised, it.delivered, ...(it.interval ?? [])])
    .filter((it) => it !== null);
  const least = Math.max(0, Math.min(...values, 1) - 0.03);
  const most = Math.min(1, Math.max(...values, 0) + 0.03);
  const step = [0.02, 0.05, 0.1, 0.2].find((it) => (most - least) / it <= 5) ?? 0.25;
  const from = Math.floor(least / step) * step;
  const to = Math.min(1, Math.ceil(most / step) * step);
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return { from, to, ticks };
}

/** What was promised and what was delivered, month by month, the gap between them shaded; a table behind it. */
export function Trend({ points, label }: { points: TrendPoint[]; label: string }) {
  const w = useWords();
  const { percent } = useFigures();
  const { month } = useTimes();
  return (
    <figure className="trend">
      <Chart
        label={label}
        height={260}
        right={96}
        scale={{ ...scaleOf(points), say: (it) => percent(it) }}
        names={points.map((it) => ({ id: it.from, text: month(it.from) }))}
        draw={(place) => {
          const promised = lineOf(points, place, (it) => it.promised);
          const delivered = lineOf(points, place, (it) => it.delivered);
          const low = lineOf(points, place, (it) => it.interval?.[0]);
          const high = lineOf(points, place, (it) => it.interval?.[1]);
          const last = delivered.at(-1);
          return {
            marks: (
              <>
                <path className="gap-area" d={areaBetween(promised, delivered)} />
                <path className="unsure" d={areaBetween(low, high)} />
                <path className="target" fill="none" d={pathOf(promised)} />
                <path className="delivered" d={pathOf(delivered)} />
                {last && <circle className="dot" cx={last[0]} cy={last[1]} r="4" />}
              </>
            ),
            ends: [...endOf(promised, w('now.promised')), ...endOf(delivered, w('now.delivered'), 'accent')],
          };
        }}
      />
      <details className="small">
        <summary>{w('promise.as-table')}</summary>
        <TrendTable points={points} label={label} />
      </details>
    </figure>
  );
}

function TrendTable({ points, label }: { points: TrendPoint[]; label: string }) {
  const w = useWords();
  const { percent } = useFigures();
  const { month } = useTimes();
  const columns: Column<TrendPoint>[] = [
    { id: 'month', title: w('promise.month'), value: (it) => month(it.from), cell: (it) => month(it.from) },
    {
      id: 'promised',
      title: w('now.promised'),
      isNumber: true,
      value: (it) => it.promised,
      cell: (it) => percent(it.promised, 1),
    },
    {
      id: 'delivered',
      title: w('now.delivered'),
      isNumber: true,
      value: (it) => it.delivered,
      cell: (it) => percent(it.delivered, 1),
    },
  ];
  if (points.some((it) => it.interval)) {
    columns.push({
      id: 'interval',
      title: w('promise.interval'),
      isNumber: true,
      value: ({ interval }) => interval?.map((it) => it.toFixed(4)).join('–'),
      cell: ({ interval }) => (interval ? `${percent(interval[0])}–${percent(interval[1])}` : '–'),
    });
  }
  return (
    <>
      <Table label={label} columns={columns} rows={points} keyOf={(it) => it.from} />
      <TableCsv columns={columns} rows={points} />
    </>
  );
}
