import { expect, test } from 'vitest';
import { offsetOf } from './places';

test('lines and characters count from one', () => {
  expect(offsetOf('ab\ncde', { line: 1, column: 1 })).toBe(0);
  expect(offsetOf('ab\ncde', { line: 2, column: 3 })).toBe(5);
});

test('a letter outside the first plane is one character of the server and two units here', () => {
  expect(offsetOf('"\u{1F600}" x', { line: 1, column: 5 })).toBe(5);
});

test('a place past the end is the end', () => {
  expect(offsetOf('ab', { line: 9, column: 9 })).toBe(2);
  expect(offsetOf('ab\nc', { line: 1, column: 9 })).toBe(2);
});
