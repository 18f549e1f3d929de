import { expect, test } from 'vitest';
import { csvOf } from './csv';

test('commas, quotes and lines are kept', () => {
  expect(csvOf([['a,b', 'say "so"', 'two\nlines', 1.5, null]])).toBe('"a,b","say ""so""","two\nlines",1.5,');
});

test('what came from outside is no formula', () => {
  expect(csvOf([['=1+1', '@x', '-5', -5]])).toBe("'=1+1,'@x,'-5,-5");
});
