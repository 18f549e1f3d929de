import { Skeleton } from '@mantine/core';
import type { Causes, FeltParts } from '../../api/overview';
import { useWords } from '../../frame/language';
import { wilson } from '../../parts/shares';
import { useFigures } from '../../parts/times';

export const answersOf = (it: FeltParts) => it.unhappy + it.neither + it.happy;
export const together = ({ let_down: a, others: b }: Causes['felt']): FeltParts => ({
  unhappy: a.unhappy + b.unhappy,
  neither: a.neither + b.neither,
  happy: a.happy + b.happy,
});

/** The share that is unhappy, and between which it lies, in words; of nothing, nothing. */
export function useFeltWords() {
  const w = useWords();
  const { percent } = useFigures();
  return (of: FeltParts) => {
    const n = answersOf(of);
    const [low, high] = wilson(of.unhappy, n);
    return n === 0
      ? w('now.felt.none')
      : w('now.felt.of', { share: percent(of.unhappy / n), low: percent(low), high: percent(high), n });
  };
}

/** What customers said themselves: beside what was promised and delivered, and never added to it. */
export function FeltNow({ causes }: { causes: Causes | undefined }) {
  const w = useWords();
  const said = useFeltWords();
  const { percent } = useFigures();
  const all = causes && together(causes.felt);
  const n = all ? answersOf(all) : 0;
  return (
    <div>
      <dt>{w('now.felt')}</dt>
      <dd className="figure">{all && n > 0 ? percent(all.unhappy / n) : '–'}</dd>
      <dd className="small faint">
        {all ? w('now.felt.text', { said: said(all) }) : <Skeleton height={92} />}
      </dd>
      {causes && n > 0 && (
        <dd className="small felt-apart">
          <span>{w('now.felt.let-down', { said: said(causes.felt.let_down) })}</span>
          <span>{w('now.felt.others', { said: said(causes.felt.others) })}</span>
        </dd>
      )}
    </div>
  );
}
