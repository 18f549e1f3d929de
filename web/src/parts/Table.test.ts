import { expect, test } from 'vitest';
import { type Column, sorted } from './Table';

interface Row {
  name: string;
  share: number | null;
}
const columns: Column<Row>[] = [
  { id: 'name', title: 'Name', cell: () => null, value: (it) => it.name },
  { id: 'share', title: 'Share', cell: () => null, value: (it) => it.share },
  { id: 'picture', title: 'Picture', cell: () => null },
];
const rows: Row[] = [
  { name: 'b', share: 10 },
  { name: 'c', share: null },
  { name: 'a', share: 9 },
];
const swedish = new Intl.Collator('sv').compare;
const names = (column: string, isDown: boolean) =>
  sorted(rows, columns, { column, isDown }, swedish)
    .map((it) => it.name)
    .join('');

test('figures are sorted as figures, and what is empty stands last whichever way', () => {
  expect(names('share', false)).toBe('abc');
  expect(names('share', true)).toBe('bac');
  expect(names('name', false)).toBe('abc');
  expect(names('name', true)).toBe('cba');
});

test('without an order, or by what has no value, the rows stay as they came', () => {
  expect(sorted(rows, columns, undefined, swedish)).toBe(rows);
  expect(names('picture', true)).toBe('bca');
  expect(names('nothing', true)).toBe('bca');
});

test('texts stand in the order of the language of the page, figures in them as figures', () => {
  const order = (language: string) => {
    const { compare } = new Intl.Collator(language, { numeric: true });
    const named = ['öst', 'zon', 'väg 10', 'väg 9'].map((name) => ({ name, share: null }));
    return sorted(named, columns, { column: 'name', isDown: false }, compare).map((it) => it.name);
  };
  expect(order('sv-SE')).toEqual(['väg 9', 'väg 10', 'zon', 'öst']);
  expect(order('en-GB')).toEqual(['öst', 'väg 9', 'väg 10', 'zon']);
});
