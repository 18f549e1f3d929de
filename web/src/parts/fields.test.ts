import { expect, test } from 'vitest';
import type { Field, FieldKind } from '../api/registers';
import { changesOf, isRequired, typedOf, valueOfTyped } from './fields';

const field = (kind: FieldKind, part: Partial<Field> = {}): Field => ({
  id: 'x',
  kind,
  name: { sv: 'X', en: 'X' },
  help: null,
  required: false,
  personal: false,
  at_creation: true,
  ...part,
});

test('what is typed becomes what the server takes', () => {
  expect(valueOfTyped(field('text'), '  a b ')).toBe('a b');
  expect(valueOfTyped(field('text'), '   ')).toBeNull();
  expect(valueOfTyped(field('number'), '2,5')).toBe(2.5);
  expect(valueOfTyped(field('yes/no'), '')).toBe(false);
  expect(valueOfTyped(field('link', { many: true }), 'case-1, walk-2,')).toEqual(['case-1', 'walk-2']);
  expect(valueOfTyped(field('link'), 'case-1')).toBe('case-1');
  expect(valueOfTyped(field('customer'), 'a@example.se')).toEqual([{ type: 'email', value: 'a@example.se' }]);
  expect(valueOfTyped(field('customer'), '070-123 45 67')).toEqual([
    { type: 'phone', value: '070-123 45 67' },
  ]);
  expect(valueOfTyped(field('customer'), 'customer_no@shop:7')).toEqual([
    { type: 'customer_no@shop', value: '7' },
  ]);
});

test('only what changed is sent, and empty empties', () => {
  const fields = [field('text', { id: 'a' }), field('text', { id: 'b' }), field('number', { id: 'c' })];
  expect(changesOf(fields, { a: 'same', b: '', c: '4' }, { a: 'same', b: 'was' })).toEqual({ b: null, c: 4 });
});

test('an instant goes there and back to the minute', () => {
  const instant = field('instant');
  const typed = typedOf(instant, '2026-11-23T16:00:00Z');
  expect(valueOfTyped(instant, typed)).toBe('2026-11-23T16:00:00.000Z');
});

test('required where its conditions hold', () => {
  const due = field('instant', { required: { claimed: false } });
  expect(isRequired(due, {})).toBe(true);
  expect(isRequired(due, { claimed: 'true' })).toBe(false);
});
