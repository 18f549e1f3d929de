import { afterEach, beforeEach, expect, test } from 'vitest';
import { instantOf, nextWorkday, typedDate, typedInstant } from './zone';

// A reader in New York, five or six hours behind: the fields mean Stockholm all the same.
let own: string | undefined;
beforeEach(() => {
  own = process.env.TZ;
  process.env.TZ = 'America/New_York';
});
afterEach(() => {
  if (own === undefined) delete process.env.TZ;
  else process.env.TZ = own;
});

const utc = (typed: string) => instantOf(typed)?.toISOString();
const typed = (instant: string) => typedInstant(new Date(instant));

test('the clocks of winter and of summer', () => {
  expect(new Date(2026, 10, 23, 17).toISOString()).toBe('2026-11-23T22:00:00.000Z'); // the browser's own zone
  expect(utc('2026-11-23T17:00')).toBe('2026-11-23T16:00:00.000Z');
  expect(utc('2026-07-01T00:30')).toBe('2026-06-30T22:30:00.000Z');
  expect(typed('2026-11-23T16:00:00Z')).toBe('2026-11-23T17:00');
  expect(typed('2026-06-30T22:30:00Z')).toBe('2026-07-01T00:30');
  expect(typed('2026-12-31T23:59:59.9Z')).toBe('2027-01-01T00:59');
});

// 2026: summer time from 29 March 01:00 UTC (02:00 becomes 03:00) to 25 October 01:00 UTC (03:00 becomes 02:00).
test('an hour that is skipped means the jump', () => {
  expect(utc('2026-03-29T01:59')).toBe('2026-03-29T00:59:00.000Z');
  expect(utc('2026-03-29T02:00')).toBe('2026-03-29T01:00:00.000Z');
  expect(utc('2026-03-29T02:30')).toBe('2026-03-29T01:00:00.000Z');
  expect(utc('2026-03-29T02:59')).toBe('2026-03-29T01:00:00.000Z');
  expect(utc('2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
  expect(utc('2026-03-29T03:01')).toBe('2026-03-29T01:01:00.000Z');
  expect(typed('2026-03-29T01:00:00Z')).toBe('2026-03-29T03:00');
});

test('an hour that is doubled means the first', () => {
  expect(utc('2026-10-25T01:59')).toBe('2026-10-24T23:59:00.000Z');
  expect(utc('2026-10-25T02:00')).toBe('2026-10-25T00:00:00.000Z');
  expect(utc('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  expect(utc('2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
  expect(typed('2026-10-25T00:30:00Z')).toBe('2026-10-25T02:30');
  expect(typed('2026-10-25T01:30:00Z')).toBe('2026-10-25T02:30');
});

test('what is typed comes back, the days around each change too', () => {
  for (const it of ['2026-03-28T02:30', '2026-03-30T02:30', '2026-10-24T02:30', '2026-10-26T02:30'])
    expect(typedInstant(instantOf(it) ?? new Date(0))).toBe(it);
});

test('no time is none', () => {
  expect(instantOf('')).toBeUndefined();
  expect(instantOf('2026-13-01T10:00')).toBeUndefined();
  expect(instantOf('soon')).toBeUndefined();
});

test('days and workdays are those of Stockholm', () => {
  expect(typedDate(new Date('2026-11-22T23:30:00Z'))).toBe('2026-11-23');
  // Thursday 26 November 2026 at 23:30 UTC is Friday the 27th in Stockholm; the next weekday is Monday the 30th.
  expect(nextWorkday(new Date('2026-11-26T23:30:00Z'))).toBe('2026-11-30T17:00');
  expect(nextWorkday(new Date('2026-11-26T22:30:00Z'))).toBe('2026-11-27T17:00');
});
