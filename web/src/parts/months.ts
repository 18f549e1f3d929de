import type { Figures, Gap, PeriodFigures, PromiseGap } from '../api/promises';

export const settledOf = (it: Figures) => it.kept + it.late + it.broken;

/** Promise, delivery and the gap between, over several promises, each weighed by what it means to the customer. */
export interface Weighed {
  promised: number;
  delivered: number;
  gap: number;
}

export interface Month {
  from: string;
  to: string;
  settled: number;
  customersWithBroken: number;
  /** Missing where no promise with a target was settled. */
  weighed: Weighed | undefined;
}

export type Weights = (id: string) => number;

/** The figures of a promise in the period that begins at `from`. */
export const periodAt = (promise: PromiseGap, from: string): PeriodFigures | undefined =>
  promise.periods?.find((it) => it.from === from);

/** Shares are never added up by instances: a promise of many small things would drown the others. */
export function weigh(figures: { id: string; of: Figures }[], weights: Weights): Weighed | undefined {
  let weight = 0;
  let promised = 0;
  let delivered = 0;
  for (const { id, of } of figures) {
    if (of.target === null || of.rate === null) continue;
    const own = weights(id);
    weight += own;
    promised += own * of.target;
    delivered += own * of.rate;
  }
  if (weight === 0) return undefined;
  return {
    promised: promised / weight,
    delivered: delivered / weight,
    gap: (promised - delivered) / weight,
  };
}

/** All months of all promises, the earliest first. */
export function monthsOf(gap: Gap, weights: Weights, unit?: string): Month[] {
  const promises = gap.promises.filter((it) => !unit || it.unit === unit);
  const ends = new Map<string, string>();
  for (const promise of promises) for (const it of promise.periods ?? []) ends.set(it.from, it.to);
  return [...ends]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([from, to]) => {
      const figures = promises.flatMap((promise) => {
        const of = periodAt(promise, from);
        return of ? [{ id: promise.id, of }] : [];
      });
      return {
        from,
        to,
        settled: figures.reduce((sum, it) => sum + settledOf(it.of), 0),
        customersWithBroken: figures.reduce((most, it) => Math.max(most, it.of.customers_with_broken), 0),
        weighed: weigh(figures, weights),
      };
    });
}

/** The periods up to the last of which most is known. */
export function fullPeriods(periods: PeriodFigures[]): PeriodFigures[] {
  const sorted = periods.map(settledOf).sort((a, b) => a - b);
  const least = (sorted[Math.floor(sorted.length / 2)] ?? 0) / 4;
  return periods.slice(0, periods.findLastIndex((it) => settledOf(it) >= Math.max(least, 1)) + 1);
}

/**
 * The last month of which most is known: one that has only begun, or whose promises are still open, says little
 * and looks like a fall.
 */
export function lastFullMonth(months: Month[]): Month | undefined {
  const sorted = months.map((it) => it.settled).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return months.findLast((it) => it.settled > 0 && it.settled >= median / 4) ?? months.at(-1);
}
