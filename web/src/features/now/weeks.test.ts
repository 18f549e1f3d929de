import { expect, test } from 'vitest';
import type { Figures, PeriodFigures, PromiseGap } from '../../api/promises';
import { weekChangeOf, weekChanges } from './weeks';

const week = (n: number, part: Partial<Figures>): PeriodFigures =>
  ({
    kept: 0,
    late: 0,
    broken: 0,
    pending: 0,
    overdue: 0,
    instances: 100,
    from: `2026-10-0${n}T22:00:00Z`,
    to: `2026-10-0${n + 1}T22:00:00Z`,
    ...part,
  }) as PeriodFigures;
const promise = (...periods: PeriodFigures[]) => ({ id: 'p', periods }) as PromiseGap;

test('chance is not called a change', () => {
  // 60 of 100 after 55: between −8 and +18 points. 80 after 55: at least 12.
  const noise = weekChangeOf(
    promise(week(1, { kept: 55, broken: 45 }), week(2, { kept: 60, broken: 40 })),
    '2026-11-01T00:00:00Z',
  );
  expect(noise?.moved).toBeCloseTo(0.05);
  expect(noise?.isClear).toBe(false);
  const clear = weekChangeOf(
    promise(week(1, { kept: 55, broken: 45 }), week(2, { kept: 80, broken: 20 })),
    '2026-11-01T00:00:00Z',
  );
  expect(clear?.moved).toBeCloseTo(0.25);
  expect(clear?.isClear).toBe(true);
});

test('a week that is still open, has not ended or has too little is not compared', () => {
  const before = week(1, { kept: 50, broken: 50 });
  const whole = week(2, { kept: 50, broken: 50 });
  const open = week(3, { kept: 60, broken: 2, pending: 38 });
  expect(weekChangeOf(promise(before, whole, open), '2026-11-01T00:00:00Z')?.now).toBe(whole);
  expect(weekChangeOf(promise(before, whole), '2026-10-02T12:00:00Z')).toBeUndefined();
  expect(weekChangeOf(promise(before, whole), '2026-10-03T21:59:59.999999Z')).toBeDefined();
  expect(weekChangeOf(promise(before, week(2, { kept: 4 })), '2026-11-01T00:00:00Z')).toBeUndefined();
  expect(
    weekChangeOf(promise(before, week(3, { kept: 50, broken: 50 })), '2026-11-01T00:00:00Z'),
  ).toBeUndefined();
});

test('what has clearly changed stands first', () => {
  const before = week(1, { kept: 50, broken: 50 });
  const gap = {
    complete_through: '2026-11-01T00:00:00Z',
    promises: [
      { ...promise(before, week(2, { kept: 55, broken: 45 })), id: 'noise' },
      { ...promise(before, week(2, { kept: 20, broken: 80 })), id: 'worse' },
      { ...promise(before, week(2, { kept: 75, broken: 25 })), id: 'better' },
    ],
  };
  expect(weekChanges(gap).map((it) => it.promise.id)).toEqual(['worse', 'better', 'noise']);
});
