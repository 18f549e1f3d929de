import { expect, test } from 'vitest';
import { apart, areaBetween, endOf, lineOf, pathOf } from './Chart';

const place = { x: (i: number) => 10 * i, y: (value: number) => 100 - value };

test('a line is lifted where nothing is known', () => {
  const line = lineOf([1, null, 3, 4], place, (it) => it);
  expect(line).toEqual([[0, 99], null, [20, 97], [30, 96]]);
  expect(pathOf(line)).toBe('M0.0 99.0M20.0 97.0L30.0 96.0');
});

test('an area goes there along one line and back along the other, where both are', () => {
  const upper = lineOf([9, 8, 7], place, (it) => it);
  const lower = lineOf([1, null, 3], place, (it) => it);
  expect(areaBetween(upper, lower)).toBe('M0.0 91.0L20.0 93.0L20.0 97.0L0.0 99.0Z');
  expect(areaBetween(upper.slice(0, 1), lower.slice(0, 1))).toBe('');
});

test('names at the end stand a line apart, in the order of their lines', () => {
  const ends = [
    { y: 50, text: 'b', look: '' },
    { y: 45, text: 'a', look: '' },
    { y: 90, text: 'c', look: '' },
  ];
  expect(apart(ends).map((it) => [it.text, it.y])).toEqual([
    ['a', 45],
    ['b', 62],
    ['c', 90],
  ]);
  expect(endOf([[1, 20], null], 'x')).toEqual([{ y: 24, text: 'x', look: '' }]);
  expect(endOf([null], 'x')).toEqual([]);
});
