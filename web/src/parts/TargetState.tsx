import type { Figures } from '../api/promises';
import { useTerm } from '../frame/language';

const LOOKS = {
  kept: 'verdict-kept',
  on_course: 'verdict-kept',
  missed: 'verdict-broken',
  off_course: 'verdict-late',
  too_few: 'verdict-unknown',
} as const;

/** Whether the target is reached, in a word. */
export function TargetState({ state }: { state: Figures['target_state'] }) {
  const term = useTerm();
  if (!state) return <span className="faint">–</span>;
  return <span className={`verdict ${LOOKS[state]}`}>{term('target', state)}</span>;
}
