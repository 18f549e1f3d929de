import type { Figures } from '../api/promises';
import { useWords } from '../frame/language';
import { useFigures } from './times';

/** A share from 0 to 100 %, how sure it is, and the target as a line. */
export function RateBar({ of }: { of: Pick<Figures, 'rate' | 'wilson' | 'target'> }) {
  const w = useWords();
  const { percent } = useFigures();
  if (of.rate === null) return <span className="faint">–</span>;
  const label = `${w('promises.delivered')} ${percent(of.rate)}, ${w('promises.target')} ${percent(of.target)}`;
  const [low, high] = of.wilson ?? [of.rate, of.rate];
  return (
    <svg
      className="rate"
      viewBox="0 0 100 12"
      height="12"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect className="bar-track" x="0" y="3" width="100" height="6" />
      <rect className="bar-value" x="0" y="3" width={of.rate * 100} height="6" />
      {high - low > 0.02 && (
        <path className="bar-unsure" vectorEffect="non-scaling-stroke" d={`M${low * 100} 6H${high * 100}`} />
      )}
      {of.target !== null && (
        <path className="bar-target" vectorEffect="non-scaling-stroke" d={`M${of.target * 100} 0V12`} />
      )}
    </svg>
  );
}
