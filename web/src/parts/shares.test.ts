import { expect, test } from 'vitest';
import { difference, isClear, wilson } from './shares';

// Newcombe 1998 (single proportion), table I, method 3.
test('the interval of a share is Wilson’s', () => {
  expect(wilson(81, 263).map((it) => it.toFixed(4))).toEqual(['0.2553', '0.3662']);
  expect(wilson(15, 148).map((it) => it.toFixed(4))).toEqual(['0.0624', '0.1605']);
  expect(wilson(0, 20).map((it) => it.toFixed(4))).toEqual(['0.0000', '0.1611']);
  expect(wilson(0, 0)).toEqual([0, 1]);
});

// Newcombe 1998 (difference), table II, method 10: (a) 56/70 − 48/80, (b) 9/10 − 3/10, (d) 5/56 − 0/29.
test('the interval of a difference is Newcombe’s', () => {
  const between = (a: number, n: number, b: number, m: number) =>
    difference({ successes: a, trials: n }, { successes: b, trials: m }).map((it) => it.toFixed(4));
  expect(between(56, 70, 48, 80)).toEqual(['0.0524', '0.3339']);
  expect(between(9, 10, 3, 10)).toEqual(['0.1705', '0.8090']);
  expect(between(5, 56, 0, 29)).toEqual(['-0.0381', '0.1926']);
});

test('what may be nothing is no change', () => {
  expect(isClear([0.01, 0.2])).toBe(true);
  expect(isClear([-0.2, -0.01])).toBe(true);
  expect(isClear([-0.01, 0.2])).toBe(false);
});
