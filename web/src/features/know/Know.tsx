import { Skeleton } from '@mantine/core';
import { useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { Pick } from '../../parts/Pick';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { UnitPick } from '../../parts/UnitPick';
import { Claimed, Claims } from './Claims';
import { Felt } from './Felt';
import { GuessForm } from './GuessForm';
import { OwnWords } from './OwnWords';
import { choosable, said } from './quarters';
import { Result } from './Result';
import { useGuesses, useOwnUnit, useQuarters } from './reading';
import { Series } from './Series';
import { Story } from './Story';
import { Owed, Yourself } from './Yourself';
import './know.css';

/** Leaders guess first; then the measured lies beside, with what customers said and one true story. */
export default function Know() {
  const w = useWords();
  const [view, change] = useView();
  const usual = useOwnUnit();
  const unit = view.unit ?? usual;
  const quarters = choosable(new Date());
  const quarter = view.quarter ?? quarters[1] ?? '';
  const guesses = useGuesses(unit);
  const guess = guesses.data?.find((it) => it.values.quarter === quarter);
  const isShown = guess?.state === 'shown';
  const measured = useQuarters(unit, isShown);
  const shown = measured.data?.find((it) => it.quarter === quarter);
  const error = guesses.error ?? measured.error;
  return (
    <div className="know-page">
      <header className="page-head">
        <div>
          <h1>{w('know.page')}</h1>
          <p>{w('know.text')}</p>
        </div>
        <div className="know-picks">
          <Pick
            label={w('know.quarter')}
            value={quarter}
            choose={(it) => change({ quarter: it })}
            options={quarters.map((it, i) => ({
              id: it,
              label: i === 0 ? w('know.so-far', { quarter: said(it) }) : said(it),
            }))}
          />
          <UnitPick label={w('promises.unit')} value={unit} choose={(it) => change({ unit: it })} />
          {isShown && (
            <button type="button" className="action no-print" onClick={() => window.print()}>
              {w('know.print')}
            </button>
          )}
        </div>
      </header>
      {error && <ProblemPanel error={error} />}
      {!guesses.data && !error && <Skeleton height={420} aria-busy="true" />}
      {guesses.data && !isShown && (
        <GuessForm key={`${quarter} ${unit}`} quarter={quarter} unit={unit} begun={guess} />
      )}
      {isShown && guess && (
        <div className="know" aria-busy={measured.isLoading}>
          <Result guess={guess} />
          <div className="know-columns">
            <div className="stack">
              <Story quarter={shown} />
              <Claimed />
            </div>
            <div className="stack">
              <Felt quarter={shown} />
              <OwnWords quarter={shown} />
            </div>
          </div>
          <Claims quarter={shown} />
          {measured.data && <Series quarters={measured.data} guesses={guesses.data ?? []} />}
        </div>
      )}
      <div className="know-columns know-end">
        <Yourself />
        <Owed />
      </div>
    </div>
  );
}
