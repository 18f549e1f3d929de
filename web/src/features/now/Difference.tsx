import { useWords } from '../../frame/language';
import { useFigures } from '../../parts/times';

/** How a share moved, in points and in a word: less than half a point is nothing. */
export function Difference({ now, before }: { now: number | null; before: number | null }) {
  const w = useWords();
  const { points } = useFigures();
  if (now === null || before === null) return <span className="faint">–</span>;
  const moved = now - before;
  if (Math.abs(moved) < 0.005) return <span className="faint">0</span>;
  return (
    <span className={moved > 0 ? 'is-better' : 'is-worse'}>
      {points(moved)}
      <span className="unseen"> {w(moved > 0 ? 'now.better' : 'now.worse')}</span>
    </span>
  );
}
