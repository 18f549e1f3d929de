import { expect, test } from 'vitest';
import type { Vocabulary } from '../../api/promises';
import { complete } from './completion';

const HERE: Vocabulary = {
  types: ['order.placed', 'order.delivered', 'contact.started', 'Resolve ticket'],
  keys: ['order', 'contact'],
  attributes: ['status', 'promised_at'],
  units: ['logistics', 'service'],
  calendars: ['sweden'],
};

/** `|` is where the caret stands. */
function at(marked: string, isAsked = false) {
  const caret = marked.indexOf('|');
  return complete(marked.replace('|', ''), caret, HERE, isAsked);
}
const texts = (marked: string, isAsked = false) => at(marked, isAsked)?.options.map((it) => it.text);

test('behind kept by come the units', () => {
  expect(texts('promise x "T"\n kept by |', true)?.slice(0, 2)).toEqual(['logistics', 'service']);
  expect(texts('promise x "T"\n kept by log|')).toEqual(['logistics']);
});

test('behind when and then come event types, also by a later part of the name', () => {
  expect(texts('promise x "T" when order.p|')).toEqual(['order.placed']);
  expect(texts('promise x "T" when deliv|')).toEqual(['order.delivered']);
  expect(texts('promise x "T" when Res|')).toEqual(['"Resolve ticket"']);
});

test('keys, attributes, calendars', () => {
  expect(texts('promise x "T" when A then B within 2 h, same or|')?.[0]).toBe('order');
  expect(texts('promise x "T" when A where st|')?.[0]).toBe('status');
  expect(texts('promise x "T" when A where status = 1 and pro|')?.[0]).toBe('promised_at');
  expect(texts('promise x "T" when A then B no later than p|')?.[0]).toBe('promised_at');
  expect(texts('promise x "T" calendar |', true)?.[0]).toBe('sweden');
});

test('keywords are those of the spelling in use', () => {
  expect(texts('promise x "T"\n ke|')).toEqual(['kept by']);
  expect(texts('löfte x "T"\n hå|')).toEqual(['hålls av']);
  expect(texts('löfte x "T"\n ke|')).toBeUndefined();
  expect(texts('löfte x "T" hålls av |', true)?.[0]).toBe('logistics');
});

test('nothing in texts, comments and numbers, or where nothing was begun', () => {
  expect(at('promise x "kept|')).toBeUndefined();
  expect(at('promise x "T" # kept|')).toBeUndefined();
  expect(at('promise x "T" when A then B within 2|')).toBeUndefined();
  expect(at('promise x "T" |')).toBeUndefined();
});

test('what is begun is what is replaced', () => {
  expect(at('promise x "T" when order.pl|')).toMatchObject({ from: 19, to: 27 });
});
