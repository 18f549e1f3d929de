// How sure a share is, and whether two differ. Pure.

const Z = 1.959963984540054;

/** Wilson's score interval of a share, 95 %; of nothing it is everything. */
export function wilson(successes: number, trials: number): [number, number] {
  if (trials === 0) return [0, 1];
  const p = successes / trials;
  const middle = p + (Z * Z) / (2 * trials);
  const reach = Z * Math.sqrt((p * (1 - p)) / trials + (Z * Z) / (4 * trials * trials));
  const all = 1 + (Z * Z) / trials;
  return [Math.max(0, (middle - reach) / all), Math.min(1, (middle + reach) / all)];
}

export interface Share {
  successes: number;
  trials: number;
}

/**
 * Between which the difference now − before lies, at 95 %: R. G. Newcombe, Statistics in Medicine 17 (1998)
 * 873–890, method 10.
 */
export function difference(now: Share, before: Share): [number, number] {
  const [a, b] = [now.successes / now.trials, before.successes / before.trials];
  const [lowA, highA] = wilson(now.successes, now.trials);
  const [lowB, highB] = wilson(before.successes, before.trials);
  return [a - b - Math.hypot(a - lowA, highB - b), a - b + Math.hypot(highA - a, b - lowB)];
}

/** Whether a difference is more than chance would bring: its interval leaves nothing out. */
export const isClear = ([low, high]: [number, number]) => low > 0 || high < 0;
