import { expect, test } from 'vitest';
import type { Matter, PromisedInstance, TimelineEvent } from '../../../api/customers';
import { dayOf } from '../../../parts/days';
import { isAbout, isTelling, lanesOf, packed, rowsOf, spanOf, ticksOf, wasKnown } from './spans';

const NOW = Date.parse('2026-11-01T12:00:00Z');
const DAY = 86_400_000;

const instance = (part: Partial<PromisedInstance>): PromisedInstance => ({
  promise: 'delivered',
  title: 'Delivered',
  unit: 'logistics',
  activation: '2026-10-01T10:00:00Z',
  due: '2026-10-03T10:00:00Z',
  settled: null,
  state: 'pending',
  still_owed: false,
  to_be_done: true,
  rescued: false,
  about: {},
  why: '',
  ...part,
});
const days = (ms: number) => (ms - Date.parse('2026-10-01T10:00:00Z')) / DAY;

test('a span ends where it was settled, and not before it was due; what is owed goes on', () => {
  const ends = (part: Partial<PromisedInstance>) => days(spanOf(instance(part), NOW).end);
  expect(ends({})).toBe(2);
  expect(ends({ state: 'kept', settled: '2026-10-02T10:00:00Z' })).toBe(2);
  expect(ends({ state: 'late', settled: '2026-10-06T10:00:00Z' })).toBe(5);
  expect(ends({ state: 'broken', settled: '2026-10-03T10:00:00Z' })).toBe(2);
  expect(ends({ state: 'broken', settled: '2026-10-03T10:00:00Z', still_owed: true })).toBeCloseTo(31.083, 3);
  expect(ends({ state: 'overdue' })).toBeCloseTo(31.083, 3);
  expect(ends({ state: 'void' })).toBe(0);
  expect(days(spanOf(instance({ due: null }), NOW).due)).toBeCloseTo(31.083, 3);
});

test('spans share a lane where they do not overlap', () => {
  const spans = [
    instance({}), // 1st to 3rd
    instance({ activation: '2026-10-02T10:00:00Z', due: '2026-10-04T10:00:00Z' }),
    instance({ activation: '2026-10-03T22:00:00Z', due: '2026-10-05T10:00:00Z' }),
  ].map((it) => spanOf(it, NOW));
  expect(packed(spans, 0).map((it) => it.length)).toEqual([2, 1]);
  expect(packed(spans, DAY).map((it) => it.length)).toEqual([1, 1, 1]);
});

test('what presses most stands first, and what held is left out until it is asked for', () => {
  const instances = [
    instance({ promise: 'held', state: 'kept' }),
    instance({ promise: 'late', state: 'late' }),
    instance({ promise: 'owed', state: 'broken', still_owed: true }),
    instance({ promise: 'open' }),
    instance({ promise: 'late', state: 'kept' }),
  ];
  expect(rowsOf(instances, NOW, 0, false).map((it) => it.promise)).toEqual(['owed', 'late', 'open']);
  expect(rowsOf(instances, NOW, 0, true).map((it) => it.promise)).toEqual(['owed', 'late', 'open', 'held']);
  expect(isTelling(instance({ to_be_done: false }))).toBe(false);
});

const event = (part: Partial<TimelineEvent>): TimelineEvent => ({
  id: '1',
  source: 's',
  type: 'contact.started',
  time: '2026-10-01T10:00:00Z',
  ...part,
});

test('a lane a channel; what has none comes last', () => {
  const lanes = lanesOf([event({}), event({}), event({}), event({ channel: 'web' })]);
  expect(lanes.map((it) => `${it.channel}:${it.events.length}`)).toEqual(['web:1', ':3']);
});

test('a matter has its own events, those of its order and of its contacts', () => {
  const matter = { matter: 'm-1', order: 'o-1', contacts: [{ contact: 'k-1' }, { contact: null }] } as Matter;
  expect(isAbout(undefined, undefined)).toBe(true);
  expect(isAbout(matter, { matter: 'm-1' })).toBe(true);
  expect(isAbout(matter, { order: 'o-1' })).toBe(true);
  expect(isAbout(matter, { contact: 'k-1' })).toBe(true);
  expect(isAbout(matter, { contact: 'k-2', order: 'o-2' })).toBe(false);
  expect(isAbout(matter, undefined)).toBe(false);
  expect(isAbout({ ...matter, matter: 'order/o-9' }, { order: 'o-9' })).toBe(true);
});

test('what somebody told us of later was not known', () => {
  const late = event({ known: '2026-10-05T10:00:00Z' });
  expect(wasKnown(late, Date.parse('2026-10-04T10:00:00Z'))).toBe(false);
  expect(wasKnown(late, Date.parse('2026-10-05T10:00:00Z'))).toBe(true);
  expect(wasKnown(event({}), Date.parse('2026-10-01T10:00:00Z'))).toBe(true);
});

test('the axis says days, weeks or months, as there is room', () => {
  const from = Date.parse('2026-01-14T23:00:00Z'); // midnight in Stockholm
  const said = (to: string, apart: number) =>
    ticksOf(from, Date.parse(to), apart).map((it) => dayOf(it).slice(5));
  expect(said('2026-01-18T00:00:00Z', DAY)).toEqual(['01-15', '01-16', '01-17', '01-18']);
  expect(said('2026-02-01T00:00:00Z', 6 * DAY)).toEqual(['01-15', '01-22', '01-29']);
  expect(said('2026-04-30T00:00:00Z', 25 * DAY)).toEqual(['02-01', '03-01', '04-01']);
  expect(said('2026-12-31T00:00:00Z', 80 * DAY)).toEqual(['04-01', '07-01', '10-01']);
});

test('the axis says days where the zone has them, also when the clock changes', () => {
  const ticks = ticksOf(Date.parse('2026-03-27T23:30:00Z'), Date.parse('2026-03-31T00:00:00Z'), DAY);
  expect(ticks.map((it) => new Date(it).toISOString().slice(5, 16))).toEqual([
    '03-28T23:00',
    '03-29T22:00',
    '03-30T22:00',
  ]);
});
