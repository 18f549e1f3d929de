import { expect, test } from 'vitest';
import type { Figures, Gap } from '../api/promises';
import { lastFullMonth, type Month, monthsOf, weigh } from './months';

const figures = (rate: number | null, target: number | null, settled = 10): Figures => ({
  instances: settled,
  kept: rate === null ? 0 : Math.round(settled * rate),
  late: 0,
  broken: rate === null ? 0 : settled - Math.round(settled * rate),
  pending: 0,
  overdue: 0,
  void: 0,
  unknown: 0,
  rate,
  wilson: null,
  target,
  target_state: null,
  customers: settled,
  customers_with_broken: 3,
  late_by_s: { p50: null, p90: null },
  rescued: 0,
});

test('a promise that means three times as much weighs three times as much', () => {
  // (3 × 0.9 + 1 × 0.5) / 4 = 0.8 promised; (3 × 0.6 + 1 × 0.5) / 4 = 0.575 delivered.
  const weighed = weigh(
    [
      { id: 'heavy', of: figures(0.6, 0.9) },
      { id: 'light', of: figures(0.5, 0.5) },
    ],
    (id) => (id === 'heavy' ? 3 : 1),
  );
  expect(weighed?.promised).toBeCloseTo(0.8);
  expect(weighed?.delivered).toBeCloseTo(0.575);
  expect(weighed?.gap).toBeCloseTo(0.225);
});

test('a promise without a target, or of which nothing is settled, is left out', () => {
  expect(
    weigh(
      [
        { id: 'a', of: figures(0.6, null) },
        { id: 'b', of: figures(null, 0.9, 0) },
      ],
      () => 1,
    ),
  ).toBeUndefined();
});

test('months come in their order, and of one unit alone where asked', () => {
  const period = (from: string, rate: number) => ({ ...figures(rate, 0.9), from, to: `${from}-end` });
  const gap: Gap = {
    complete_through: null,
    promises: [
      { ...figures(0.5, 0.9), id: 'a', title: '', version: 1, unit: 'x', periods: [period('2026-02', 0.5)] },
      {
        ...figures(0.5, 0.9),
        id: 'b',
        title: '',
        version: 1,
        unit: 'y',
        periods: [period('2026-01', 1), period('2026-02', 0.7)],
      },
    ],
  };
  const months = monthsOf(gap, () => 1);
  expect(months.map((it) => [it.from, it.to, it.settled])).toEqual([
    ['2026-01', '2026-01-end', 10],
    ['2026-02', '2026-02-end', 20],
  ]);
  expect(months[1]?.weighed?.delivered).toBeCloseTo(0.6);
  expect(monthsOf(gap, () => 1, 'x').map((it) => it.from)).toEqual(['2026-02']);
});

test('a month that has only begun is not the last full one', () => {
  const month = (from: string, settled: number): Month => ({
    from,
    to: from,
    settled,
    customersWithBroken: 0,
    weighed: undefined,
  });
  expect(lastFullMonth([month('a', 100), month('b', 90), month('c', 4)])?.from).toBe('b');
  expect(lastFullMonth([month('a', 5)])?.from).toBe('a');
  expect(lastFullMonth([])).toBeUndefined();
});
