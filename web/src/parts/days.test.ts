import { expect, test } from 'vitest';
import { dayOf, daysBetween, endOfDay, isDay, plusDays, startOfDay } from './days';

const iso = (ms: number) => new Date(ms).toISOString();

test('a day is that of the zone, in summer and winter and when the clock changes', () => {
  expect(iso(startOfDay('2026-05-03'))).toBe('2026-05-02T22:00:00.000Z');
  expect(iso(endOfDay('2026-05-03'))).toBe('2026-05-03T21:59:59.999Z');
  expect(iso(startOfDay('2026-12-01'))).toBe('2026-11-30T23:00:00.000Z');
  // The clock goes back on the 25th of October 2026, and forward on the 29th of March.
  expect(iso(startOfDay('2026-10-25'))).toBe('2026-10-24T22:00:00.000Z');
  expect(iso(endOfDay('2026-10-25'))).toBe('2026-10-25T22:59:59.999Z');
  expect(iso(startOfDay('2026-03-29'))).toBe('2026-03-28T23:00:00.000Z');
  expect(iso(endOfDay('2026-03-29'))).toBe('2026-03-29T21:59:59.999Z');
});

test('an instant falls in the day that the wall calendar shows', () => {
  expect(dayOf('2026-05-02T22:00:00Z')).toBe('2026-05-03');
  expect(dayOf('2026-05-02T21:59:59Z')).toBe('2026-05-02');
});

test('days are counted over months and years', () => {
  expect(plusDays('2026-02-28', 1)).toBe('2026-03-01');
  expect(plusDays('2027-01-01', -1)).toBe('2026-12-31');
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3);
  expect(isDay('2026-13-01')).toBe(false);
  expect(isDay(undefined)).toBe(false);
});
