// What changed since the week before. Pure.
import type { Gap, PeriodFigures, PromiseGap } from '../../api/promises';
import { settledOf } from '../../parts/months';
import { difference, isClear } from '../../parts/shares';

export interface WeekChange {
  promise: PromiseGap;
  now: PeriodFigures;
  before: PeriodFigures;
  /** Of the shares kept: now − before, and between which it lies at 95 %. */
  moved: number;
  between: [number, number];
  isClear: boolean;
}

/** More open than this, and what is settled so far is mostly what was quick: it says little of the week. */
const MOST_OPEN = 0.05;
/** Fewer say nothing either way. */
const LEAST_SETTLED = 5;

const isSettled = (it: PeriodFigures) =>
  settledOf(it) >= LEAST_SETTLED && (it.pending + it.overdue) / Math.max(it.instances, 1) <= MOST_OPEN;

// What is known to the end of a Sunday is known to the last microsecond before Monday.
const hasEnded = (it: PeriodFigures, known: string) => Date.parse(it.to) - 1 <= Date.parse(known);

/** The newest week of which all but a few are settled, that has ended by `known`, beside the one before it. */
export function weekChangeOf(promise: PromiseGap, known: string): WeekChange | undefined {
  const weeks = promise.periods ?? [];
  const last = weeks.findLastIndex((it) => hasEnded(it, known) && isSettled(it));
  const [now, before] = [weeks[last], weeks[last - 1]];
  if (!now || !before || !isSettled(before) || now.from !== before.to) return undefined;
  const share = (it: PeriodFigures) => ({ successes: it.kept, trials: settledOf(it) });
  const between = difference(share(now), share(before));
  const moved = now.kept / settledOf(now) - before.kept / settledOf(before);
  return { promise, now, before, moved, between, isClear: isClear(between) };
}

/** Every promise that can be compared: what has clearly changed first, the greatest change first. */
export function weekChanges(gap: Gap): WeekChange[] {
  const known = gap.complete_through;
  if (!known) return [];
  return gap.promises
    .flatMap((it) => weekChangeOf(it, known) ?? [])
    .sort((a, b) => Number(b.isClear) - Number(a.isClear) || Math.abs(b.moved) - Math.abs(a.moved));
}
