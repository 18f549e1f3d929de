import { expect, test } from 'vitest';
import type { Column, Look } from '../../api/imports';
import { formatOf, sayZone } from './formats';
import { guess, isOwnForm, lackOf, needsZone, tomlOf, typeOfColumn } from './mapping';

const column = (name: string, samples: string[], part: Partial<Column> = {}): Column => ({
  name,
  kind: 'text',
  filled: samples.length * 10,
  distinct: samples.length * 5,
  samples,
  ...part,
});
const lookAt = (name: string, columns: Column[], format: Look['format'] = 'csv'): Look => ({
  upload: 'u',
  name,
  bytes: 1,
  format,
  records: 50,
  whole: true,
  columns,
});

const ORDERS = lookAt('olist_orders_dataset.csv', [
  column('order_id', ['a4591c265e18', '136cce7faa42']),
  column('customer_id', ['503740e9ca75', 'ed0271e0b7da']),
  column('order_status', ['delivered', 'invoiced']),
  column('order_purchase_timestamp', ['2017-07-09 21:57:05', '2017-04-11 12:22:08']),
  column('order_delivered_customer_date', ['2017-07-26 10:57:55']),
  column('order_estimated_delivery_date', ['2017-08-01 00:00:00', '2017-05-09 00:00:00']),
]);
const PERMITS = lookAt('receipt.csv', [
  column('case:channel', ['Internet', 'Desk']),
  column('case:concept:name', ['case-10011', 'case-10017']),
  column('case:deadline', ['2011-12-06 13:41:31.788000+01:00']),
  column('case:startdate', ['2011-10-11 13:42:22.688000+02:00']),
  column('concept:name', ['Confirmation of receipt', 'T02 Check']),
  column('org:resource', ['Resource21']),
  column('time:timestamp', ['2011-10-11 13:45:40.276000+02:00', '2011-10-12 08:26:25.398000+02:00']),
]);

const rolesOf = (look: Look) =>
  Object.fromEntries(guess(look, 'UTC').choices.map((it) => [it.column, it.role]));

test('a row with several times is several events', () => {
  expect(rolesOf(ORDERS)).toEqual({
    order_id: 'key',
    customer_id: 'customer',
    order_status: 'attribute',
    order_purchase_timestamp: 'time',
    order_delivered_customer_date: 'time',
    order_estimated_delivery_date: 'moment',
  });
});

test('where a column says the type, one time goes with it and the others are facts', () => {
  expect(rolesOf(PERMITS)).toEqual({
    'case:channel': 'channel',
    'case:concept:name': 'customer',
    'case:deadline': 'moment',
    'case:startdate': 'moment',
    'concept:name': 'type',
    'org:resource': 'agent',
    'time:timestamp': 'time',
  });
});

test('the map says what was pointed at', () => {
  expect(tomlOf(guess(PERMITS, ''))).toBe(`source = "receipt"

[[event]]
type = { column = "concept:name" }
when = "time:timestamp"
subject = [{ type = "case", column = "case:concept:name", scope = "receipt" }]
channel = { column = "case:channel" }
agent = { column = "org:resource" }

[event.data]
case_deadline = { column = "case:deadline", type = "instant" }
case_startdate = { column = "case:startdate", type = "instant" }
`);
});

test('texts that break out of quotes do not', () => {
  const mapping = guess(lookAt('a.csv', [column('ti"me\n[[event]]', ['2026-01-01T00:00:00Z'])]), '');
  expect(tomlOf(mapping)).toContain('when = "ti\\"me\\n[[event]]"');
});

test('names and addresses are left out, mail and telephone say who it is', () => {
  const roles = rolesOf(
    lookAt('crm.csv', [
      column('first_name', ['Anna']),
      column('adress', ['Storgatan 1']),
      column('contact', ['anna@example.se', 'bo@example.se']),
      column('mobil', ['0701234567']),
      column('created_at', ['1700000000'], { kind: 'number' }),
    ]),
  );
  expect(roles).toEqual({
    first_name: 'none',
    adress: 'none',
    contact: 'customer',
    mobil: 'customer',
    created_at: 'time',
  });
});

test('formats of times', () => {
  expect(formatOf(['2017-07-09 21:57:05'])).toBe('iso');
  expect(formatOf(['31/12/2025 08:15', '01/02/2026 09:00'])).toBe('%d/%m/%Y %H:%M');
  expect(formatOf(['12/31/2025', '01/02/2026'])).toBe('%m/%d/%Y');
  expect(formatOf(['3.1.2026'])).toBe('%d.%m.%Y');
  expect(formatOf(['1700000000123'])).toBe('unix_ms');
  expect(formatOf(['20260131'])).toBe('%Y%m%d');
  expect(formatOf(['20261331'])).toBeUndefined();
  expect(formatOf(['3.1.2026', '4.1.2026', '5.1.2026', '6.1.2026', 'soon'])).toBe('%d.%m.%Y');
  expect(formatOf(['yesterday'])).toBeUndefined();
  expect(sayZone('iso', ['2011-10-11 13:45:40.276000+02:00'])).toBe(true);
  expect(sayZone('iso', ['2017-07-09 21:57:05'])).toBe(false);
  expect(sayZone('iso', ['2017-07-09'])).toBe(false);
});

test('a zone is asked for where the times name none', () => {
  expect(needsZone(guess(ORDERS, ''), ORDERS)).toBe(true);
  expect(needsZone(guess(PERMITS, ''), PERMITS)).toBe(false);
});

test('what is lacking is said', () => {
  const mapping = guess(ORDERS, '');
  expect(lackOf(mapping)).toBeUndefined();
  expect(lackOf({ ...mapping, choices: mapping.choices.filter((it) => it.role !== 'time') })).toBe('time');
  expect(lackOf({ ...mapping, choices: mapping.choices.map((it) => ({ ...it, as: '' })) })).toBe('type');
  expect(lackOf({ ...mapping, source: ' ' })).toBe('source');
});

test('our own form needs no map', () => {
  const own = ['id', 'type', 'time', 'subject.email', 'key.order', 'data.amount'];
  expect(
    isOwnForm(
      lookAt(
        'a.csv',
        own.map((it) => column(it, ['x'])),
      ),
    ),
  ).toBe(true);
  expect(isOwnForm(ORDERS)).toBe(false);
});

test('types by the names of columns', () => {
  expect(typeOfColumn('order_purchase_timestamp')).toBe('order.purchase');
  expect(typeOfColumn('Delivered at')).toBe('delivered');
  expect(typeOfColumn('time')).toBe('event');
});
