import { useElementSize } from '@mantine/hooks';
import { useWords } from '../frame/language';
import { TableWrap } from './TableWrap';
import { useFigures, useTimes } from './times';

export interface TrendPoint {
  from: string;
  promised: number | null;
  delivered: number | null;
  /** Between which it lies, at 95 %. */
  interval?: [number, number] | null;
}

const HEIGHT = 260;
const LEFT = 46;
const RIGHT = 96;
const TOP = 14;
const BOTTOM = 28;

function stepOf(span: number): number {
  return [0.02, 0.05, 0.1, 0.2].find((it) => span / it <= 5) ?? 0.25;
}

function pathOf(points: (readonly [number, number] | null)[]): string {
  let pen = 'M';
  return points
    .map((it) => {
      const part = it ? `${pen}${it[0].toFixed(1)} ${it[1].toFixed(1)}` : '';
      pen = it ? 'L' : 'M';
      return part;
    })
    .join('');
}

/** What was promised and what was delivered, month by month, the gap between them shaded; a table behind it. */
export function Trend({ points, label }: { points: TrendPoint[]; label: string }) {
  const w = useWords();
  const { percent } = useFigures();
  const { month } = useTimes();
  const { ref, width } = useElementSize();
  const values = points
    .flatMap((it) => [it.promised, it.delivered, ...(it.interval ?? [])])
    .filter((it) => it !== null);
  const least = Math.max(0, Math.min(...values, 1) - 0.03);
  const most = Math.min(1, Math.max(...values, 0) + 0.03);
  const step = stepOf(most - least);
  const from = Math.floor(least / step) * step;
  const to = Math.min(1, Math.ceil(most / step) * step);
  const right = Math.max(width - RIGHT, LEFT + 1);
  const x = (i: number) => LEFT + ((right - LEFT) * i) / Math.max(points.length - 1, 1);
  const y = (share: number) =>
    TOP + (HEIGHT - TOP - BOTTOM) * (1 - (share - from) / Math.max(to - from, 0.001));
  const line = (pick: (it: TrendPoint) => number | null | undefined) =>
    points.map((it, i) => {
      const share = pick(it);
      return share === null || share === undefined ? null : ([x(i), y(share)] as const);
    });
  const delivered = line((it) => it.delivered);
  const promised = line((it) => it.promised);
  const both = points.flatMap((_, i) => {
    const [a, b] = [promised[i], delivered[i]];
    return a && b ? [[a, b] as const] : [];
  });
  const area =
    both.length > 1
      ? `${pathOf(both.map((it) => it[0]))}${pathOf(both.map((it) => it[1]).reverse()).replace('M', 'L')}Z`
      : '';
  const unsure = points.flatMap((it, i) =>
    it.interval ? [[x(i), y(it.interval[0]), y(it.interval[1])] as const] : [],
  );
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  const every = Math.ceil(points.length / Math.max(2, Math.floor((right - LEFT) / 64)));
  const last = points.length - 1;
  const lastDelivered = delivered[last];
  const lastPromised = promised[last];
  const isTight = lastDelivered && lastPromised && Math.abs(lastDelivered[1] - lastPromised[1]) < 16;
  return (
    <figure className="trend">
      <div ref={ref}>
        {width > 0 && (
          <svg
            className="chart"
            viewBox={`0 0 ${width} ${HEIGHT}`}
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={label}
          >
            {ticks.map((it) => (
              <g key={it}>
                <path className="axis" d={`M${LEFT} ${y(it)}H${right}`} />
                <text x={LEFT - 8} y={y(it) + 4} textAnchor="end">
                  {percent(it)}
                </text>
              </g>
            ))}
            {points.map((it, i) =>
              (last - i) % every === 0 ? (
                <text key={it.from} x={x(i)} y={HEIGHT - 8} textAnchor="middle">
                  {month(it.from)}
                </text>
              ) : null,
            )}
            <path className="gap-area" d={area} />
            {unsure.length > 1 && (
              <path
                className="unsure"
                d={`${pathOf(unsure.map((it) => [it[0], it[1]] as const))}${pathOf(unsure.map((it) => [it[0], it[2]] as const).reverse()).replace('M', 'L')}Z`}
              />
            )}
            <path className="target" fill="none" d={pathOf(promised)} />
            <path className="delivered" d={pathOf(delivered)} />
            {lastPromised && (
              <text className="end" x={lastPromised[0] + 10} y={lastPromised[1] + (isTight ? -6 : 4)}>
                {w('now.promised')}
              </text>
            )}
            {lastDelivered && (
              <>
                <circle className="dot" cx={lastDelivered[0]} cy={lastDelivered[1]} r="4" />
                <text
                  className="end accent"
                  x={lastDelivered[0] + 10}
                  y={lastDelivered[1] + (isTight ? 12 : 4)}
                >
                  {w('now.delivered')}
                </text>
              </>
            )}
          </svg>
        )}
      </div>
      <details className="small">
        <summary>{w('promise.as-table')}</summary>
        <TrendTable points={points} />
      </details>
    </figure>
  );
}

function TrendTable({ points }: { points: TrendPoint[] }) {
  const w = useWords();
  const { percent } = useFigures();
  const { month } = useTimes();
  const hasIntervals = points.some((it) => it.interval);
  return (
    <TableWrap label={w('promise.as-table')}>
      <table className="list">
        <thead>
          <tr>
            <th>{w('promise.month')}</th>
            <th className="number">{w('now.promised')}</th>
            <th className="number">{w('now.delivered')}</th>
            {hasIntervals && <th className="number">{w('promise.interval')}</th>}
          </tr>
        </thead>
        <tbody>
          {points.map((it) => (
            <tr key={it.from}>
              <td>{month(it.from)}</td>
              <td className="number">{percent(it.promised, 1)}</td>
              <td className="number">{percent(it.delivered, 1)}</td>
              {hasIntervals && (
                <td className="number">
                  {it.interval ? `${percent(it.interval[0])}–${percent(it.interval[1])}` : '–'}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
}
