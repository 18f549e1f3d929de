import type { VerdictName } from '../api/customers';
import { useTerm } from '../frame/language';

// A shape for each besides the colour: for those who do not tell colours apart, and in print.
export const SHAPES: Record<VerdictName, string> = {
  kept: 'M2 6.5 5 9.5 10 3',
  late: 'M6 2v4l3 2M6 11A5 5 0 1 0 6 1a5 5 0 0 0 0 10Z',
  overdue: 'M6 2v4l3 2M6 11A5 5 0 1 0 6 1a5 5 0 0 0 0 10Z',
  broken: 'M2.5 2.5l7 7M9.5 2.5l-7 7',
  pending: 'M3 6h.1M6 6h.1M9 6h.1',
  void: 'M2.5 6h7',
  unknown: 'M4 4.2a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1M6 9.6v.1',
};

/** The status of a promise to one customer: shape, colour and word. */
export function Verdict({ verdict }: { verdict: VerdictName }) {
  const term = useTerm();
  return (
    <span className={`verdict verdict-${verdict}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d={SHAPES[verdict]} />
      </svg>
      {term('verdict', verdict)}
    </span>
  );
}
