import type { RegisterLine } from '../../api/registers';
import { useWords } from '../../frame/language';
import { useFigures, useTimes } from '../../parts/times';
import { FIGURES, type Figure, isMoreBetter, MEASURES } from './quarters';

const numberOf = (record: RegisterLine, field: string): number | null => {
  const value = record.values[field];
  return typeof value === 'number' ? value : null;
};

/** Both on one scale from zero: a ring where one guessed, a bar to what was measured. */
function Beside({ figure, guess, measured }: { figure: Figure; guess: number; measured: number | null }) {
  const w = useWords();
  const most = MEASURES[figure] === 'know.measure.percent' ? 100 : Math.max(guess, measured ?? 0, 1) * 1.1;
  const x = (value: number) => 2 + (value / most) * 96;
  const label = `${w('know.you')} ${guess}, ${w('know.measured')} ${measured ?? w('know.not-measured')}`;
  return (
    <svg className="beside-bar" viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="bar-track" x="2" y="4" width="96" height="6" />
      {measured !== null && (
        <rect className="bar-value" x="2" y="4" width={Math.max(x(measured) - 2, 0.4)} height="6" />
      )}
      <path className="bar-target" vectorEffect="non-scaling-stroke" d={`M${x(guess)} 0V14`} />
    </svg>
  );
}

function Difference({ figure, guess, measured }: { figure: Figure; guess: number; measured: number }) {
  const w = useWords();
  const { count } = useFigures();
  const by = Math.abs(measured - guess);
  if (by < 0.05) return <p className="small is-better">{w('know.right')}</p>;
  const isBetter = measured > guess === isMoreBetter(figure);
  const isPercent = MEASURES[figure] === 'know.measure.percent';
  const size = `${count(Math.round(by * 10) / 10)} ${w(isPercent ? 'know.points' : MEASURES[figure])}`;
  return (
    <p className={isBetter ? 'small is-better' : 'small is-worse'}>
      {w(isBetter ? 'know.better-than' : 'know.worse-than', { by: size })}
    </p>
  );
}

/** What one believed and how it was, question by question. */
export function Result({ guess }: { guess: RegisterLine }) {
  const w = useWords();
  const { count } = useFigures();
  const { day } = useTimes();
  const shownAt = guess.values.shown_at;
  return (
    <section className="sheet" aria-labelledby="result">
      <div className="sheet-head">
        <h2 id="result">{w('know.result')}</h2>
        {typeof shownAt === 'string' && (
          <span className="small faint">{w('know.shown', { when: day(shownAt) })}</span>
        )}
      </div>
      <ol className="results">
        {FIGURES.map((figure) => {
          const guessed = numberOf(guess, figure) ?? 0;
          const measured = numberOf(guess, `measured_${figure}`);
          return (
            <li key={figure}>
              <div className="result-question">
                <h3>{w(`know.q.${figure}`)}</h3>
                <p className="small faint">{w(`know.how.${figure}`)}</p>
              </div>
              <dl className="result-figures">
                <div>
                  <dt>{w('know.you')}</dt>
                  <dd className="figure">{count(guessed)}</dd>
                </div>
                <div>
                  <dt>{w('know.measured')}</dt>
                  <dd className="figure accent">{measured === null ? '–' : count(measured)}</dd>
                </div>
              </dl>
              <div className="result-bar">
                <Beside figure={figure} guess={guessed} measured={measured} />
                {measured === null ? (
                  <p className="small faint">{w('know.not-measured')}</p>
                ) : (
                  <Difference figure={figure} guess={guessed} measured={measured} />
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
