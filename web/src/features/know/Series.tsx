import { useElementSize } from '@mantine/hooks';
import type { Quarter } from '../../api/quarters';
import type { RegisterLine } from '../../api/registers';
import { useWords } from '../../frame/language';
import { CsvButton } from '../../parts/CsvButton';
import { TableWrap } from '../../parts/TableWrap';
import { useFigures } from '../../parts/times';
import { FIGURES, said } from './quarters';

const HEIGHT = 200;
const LEFT = 44;
const RIGHT = 132;
const TOP = 12;
const BOTTOM = 28;

interface Point {
  quarter: string;
  guessed: number | null;
  delivered: number | null;
  felt: number | null;
}

function pointOf(quarter: Quarter, guess: RegisterLine | undefined): Point {
  const { unhappy, neither, happy } = quarter.felt;
  const all = unhappy + neither + happy;
  const guessed = guess?.values.promises_kept;
  return {
    quarter: quarter.quarter,
    guessed: typeof guessed === 'number' ? guessed : null,
    delivered: quarter.promises_kept,
    felt: all > 0 ? (100 * happy) / all : null,
  };
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

// Labels at the right end that would stand on each other are moved apart.
function apart(labels: { y: number; text: string; look: string }[]) {
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  sorted.forEach((it, i) => {
    const above = sorted[i - 1];
    if (above) it.y = Math.max(it.y, above.y + 17);
  });
  return sorted;
}

function SeriesChart({ points }: { points: Point[] }) {
  const w = useWords();
  const { ref, width } = useElementSize();
  const right = Math.max(width - RIGHT, LEFT + 1);
  const x = (i: number) => LEFT + 10 + ((right - LEFT - 10) * i) / Math.max(points.length - 1, 1);
  const y = (share: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - share / 100);
  const line = (name: 'guessed' | 'delivered' | 'felt') =>
    points.map((it, i) => {
      const share = it[name];
      return share === null ? null : ([x(i), y(share)] as const);
    });
  const lines = { guessed: line('guessed'), delivered: line('delivered'), felt: line('felt') };
  const end = (name: keyof typeof lines, text: string, look: string) => {
    const last = lines[name].findLast((it) => it !== null);
    return last ? [{ y: last[1] + 4, text, look }] : [];
  };
  const labels = apart([
    ...end('guessed', w('know.series.guess'), 'end'),
    ...end('delivered', w('know.series.delivered'), 'end accent'),
    ...end('felt', w('know.series.felt'), 'end kept'),
  ]);
  const every = Math.ceil(points.length / Math.max(2, Math.floor((right - LEFT) / 66)));
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg
          className="chart"
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={w('know.series.text')}
        >
          {[0, 50, 100].map((it) => (
            <g key={it}>
              <path className="axis" d={`M${LEFT} ${y(it)}H${right}`} />
              <text x={LEFT - 8} y={y(it) + 4} textAnchor="end">{`${it} %`}</text>
            </g>
          ))}
          {points.map((it, i) =>
            (points.length - 1 - i) % every === 0 ? (
              <text key={it.quarter} x={x(i)} y={HEIGHT - 8} textAnchor="middle">
                {said(it.quarter)}
              </text>
            ) : null,
          )}
          <path className="delivered" d={pathOf(lines.delivered)} />
          <path className="felt-line" d={pathOf(lines.felt)} />
          {lines.delivered.map((it) =>
            it ? <circle key={it[0]} className="dot" cx={it[0]} cy={it[1]} r="3.5" /> : null,
          )}
          {lines.felt.map((it) =>
            it ? (
              <rect key={it[0]} className="felt-dot" x={it[0] - 3} y={it[1] - 3} width="6" height="6" />
            ) : null,
          )}
          {lines.guessed.map((it) =>
            it ? <circle key={it[0]} className="guess-ring" cx={it[0]} cy={it[1]} r="5" /> : null,
          )}
          {labels.map((it) => (
            <text key={it.text} className={it.look} x={right + 10} y={it.y}>
              {it.text}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

/** Guessed, delivered and felt for each quarter; all five figures in the table behind. */
export function Series({ quarters, guesses }: { quarters: Quarter[]; guesses: RegisterLine[] }) {
  const w = useWords();
  const { count, percent } = useFigures();
  const guessOf = (quarter: string) =>
    guesses.find((it) => it.values.quarter === quarter && it.state === 'shown');
  const points = quarters.map((it) => pointOf(it, guessOf(it.quarter)));
  const figure = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : count(Math.round(value * 10) / 10);
  const csv = () => [
    [w('know.quarter'), ...FIGURES.flatMap((it) => [it, `${it} (${w('know.you')})`]), w('know.series.felt')],
    ...quarters.map((it, i) => [
      it.quarter,
      ...FIGURES.flatMap((name) => {
        const guessed = guessOf(it.quarter)?.values[name];
        return [it[name], typeof guessed === 'number' ? guessed : null];
      }),
      points[i]?.felt ?? null,
    ]),
  ];
  return (
    <section className="sheet" aria-labelledby="series">
      <div className="sheet-head">
        <div>
          <h2 id="series">{w('know.series')}</h2>
          <p className="small faint">{w('know.series.text')}</p>
        </div>
        <CsvButton rows={csv} />
      </div>
      <SeriesChart points={points} />
      <details className="small">
        <summary>{w('promise.as-table')}</summary>
        <TableWrap label={w('promise.as-table')}>
          <table className="list">
            <thead>
              <tr>
                <th>{w('know.quarter')}</th>
                <th className="number">{w('know.series.guess')}</th>
                <th className="number">{w('know.series.delivered')}</th>
                <th className="number">{w('know.series.felt')}</th>
              </tr>
            </thead>
            <tbody>
              {points.map((it) => (
                <tr key={it.quarter}>
                  <td>{said(it.quarter)}</td>
                  <td className="number">{figure(it.guessed)}</td>
                  <td className="number">{figure(it.delivered)}</td>
                  <td className="number">{it.felt === null ? '–' : percent(it.felt / 100)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableWrap>
      </details>
    </section>
  );
}
