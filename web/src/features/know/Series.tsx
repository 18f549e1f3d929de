import type { Quarter } from '../../api/quarters';
import type { RegisterLine } from '../../api/registers';
import { useWords } from '../../frame/language';
import { Chart, endOf, lineOf, pathOf } from '../../parts/Chart';
import { CsvButton } from '../../parts/CsvButton';
import { type Column, Table } from '../../parts/Table';
import { useFigures } from '../../parts/times';
import { FIGURES, said } from './quarters';

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

function SeriesChart({ points }: { points: Point[] }) {
  const w = useWords();
  return (
    <Chart
      label={w('know.series.text')}
      height={200}
      right={132}
      scale={{ from: 0, to: 100, ticks: [0, 50, 100], say: (it) => `${it} %` }}
      names={points.map((it) => ({ id: it.quarter, text: said(it.quarter) }))}
      draw={(place) => {
        const guessed = lineOf(points, place, (it) => it.guessed);
        const delivered = lineOf(points, place, (it) => it.delivered);
        const felt = lineOf(points, place, (it) => it.felt);
        return {
          marks: (
            <>
              <path className="delivered" d={pathOf(delivered)} />
              <path className="felt-line" d={pathOf(felt)} />
              {delivered.map(
                (it) => it && <circle key={it[0]} className="dot" cx={it[0]} cy={it[1]} r="3.5" />,
              )}
              {felt.map(
                (it) =>
                  it && (
                    <rect key={it[0]} className="felt-dot" x={it[0] - 3} y={it[1] - 3} width="6" height="6" />
                  ),
              )}
              {guessed.map(
                (it) => it && <circle key={it[0]} className="guess-ring" cx={it[0]} cy={it[1]} r="5" />,
              )}
            </>
          ),
          ends: [
            ...endOf(guessed, w('know.series.guess')),
            ...endOf(delivered, w('know.series.delivered'), 'accent'),
            ...endOf(felt, w('know.series.felt'), 'kept'),
          ],
        };
      }}
    />
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
  const columns: Column<Point>[] = [
    { id: 'quarter', title: w('know.quarter'), cell: (it) => said(it.quarter) },
    { id: 'guess', title: w('know.series.guess'), isNumber: true, cell: (it) => figure(it.guessed) },
    {
      id: 'delivered',
      title: w('know.series.delivered'),
      isNumber: true,
      cell: (it) => figure(it.delivered),
    },
    {
      id: 'felt',
      title: w('know.series.felt'),
      isNumber: true,
      cell: (it) => (it.felt === null ? '–' : percent(it.felt / 100)),
    },
  ];
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
        <Table label={w('promise.as-table')} columns={columns} rows={points} keyOf={(it) => it.quarter} />
      </details>
    </section>
  );
}
