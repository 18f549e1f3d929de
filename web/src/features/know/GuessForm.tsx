import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { showGuess } from '../../api/quarters';
import { changeRecord, createRecord, moveWith, type RegisterLine, type Values } from '../../api/registers';
import { useUnitName } from '../../api/units';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useReadRecordsAnew } from '../../parts/records';
import { FIGURES, type Figure, MEASURES, said } from './quarters';

type Typed = Partial<Record<Figure, string>>;

const startOf = (begun: RegisterLine | undefined): Typed =>
  Object.fromEntries(
    FIGURES.flatMap((it) => {
      const value = begun?.values[it];
      return value === undefined || value === null ? [] : [[it, String(value)]];
    }),
  );

/** Writes the guess down, seals it, and has the measured laid beside it. What was begun before goes on from there. */
async function lock(begun: RegisterLine | undefined, quarter: string, unit: string, guessed: Values) {
  if (begun?.state === 'sealed') return showGuess(begun.id);
  const record = begun
    ? await changeRecord(begun.id, begun.version, guessed, undefined)
    : await createRecord('guess', { quarter, unit, ...guessed });
  await moveWith(record.id, 'sealed', {}, undefined);
  return showGuess(record.id);
}

/** The five questions. No figure of ours is asked of the server before the answer is locked. */
export function GuessForm(props: { quarter: string; unit: string; begun: RegisterLine | undefined }) {
  const { quarter, unit, begun } = props;
  const w = useWords();
  const unitName = useUnitName();
  const readAnew = useReadRecordsAnew();
  const [typed, setTyped] = useState(() => startOf(begun));
  const locking = useMutation({
    mutationFn: () =>
      lock(
        begun,
        quarter,
        unit,
        Object.fromEntries(FIGURES.map((it) => [it, Number((typed[it] ?? '').replace(',', '.'))])),
      ),
    onSettled: readAnew,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    locking.mutate();
  };
  const isPercent = (it: Figure) => MEASURES[it] === 'know.measure.percent';
  return (
    <form className="sheet guess-form" onSubmit={submit} aria-labelledby="guess">
      <div>
        <h2 id="guess">{w('know.guess')}</h2>
        <p className="faint">{w('know.guess.text')}</p>
      </div>
      <ol className="questions">
        {FIGURES.map((it) => (
          <li key={it}>
            <label htmlFor={`guess-${it}`}>{w(`know.q.${it}`)}</label>
            <span className="answer">
              <input
                id={`guess-${it}`}
                className="plain-field"
                type="number"
                inputMode="decimal"
                min={0}
                max={isPercent(it) ? 100 : undefined}
                step={MEASURES[it] === 'know.measure.customers' ? 1 : 'any'}
                required
                disabled={begun?.state === 'sealed'}
                value={typed[it] ?? ''}
                onChange={(event) => {
                  const text = event.currentTarget.value;
                  setTyped((old) => ({ ...old, [it]: text }));
                }}
              />
              <span className="faint">{w(MEASURES[it])}</span>
            </span>
          </li>
        ))}
      </ol>
      {locking.error && <ProblemPanel error={locking.error} />}
      <div className="guess-end">
        <p className="small faint">{w('know.guess.of', { unit: unitName(unit), quarter: said(quarter) })}</p>
        <Button type="submit" size="md" loading={locking.isPending}>
          {w('know.guess.do')}
        </Button>
      </div>
    </form>
  );
}
