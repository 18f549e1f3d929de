import { expect, test } from 'vitest';
import { before, choosable, quarterOf, said } from './quarters';

test('quarters go back over the turn of the year', () => {
  expect(quarterOf(new Date('2026-11-22T12:00:00Z'))).toBe('2026-Q4');
  expect(quarterOf(new Date('2026-09-30T22:00:00Z'))).toBe('2026-Q4'); // midnight in Stockholm
  expect(quarterOf(new Date('2026-09-30T21:59:59Z'))).toBe('2026-Q3');
  expect(before('2026-Q3')).toBe('2026-Q2');
  expect(before('2026-Q1')).toBe('2025-Q4');
  expect(choosable(new Date('2026-02-03T12:00:00Z'))).toEqual([
    '2026-Q1',
    '2025-Q4',
    '2025-Q3',
    '2025-Q2',
    '2025-Q1',
    '2024-Q4',
  ]);
  expect(said('2026-Q3')).toBe('Q3 2026');
});
