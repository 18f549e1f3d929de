import { expect, test } from 'vitest';
import { changesOf } from './changes';

test('what went and what came, and nothing else', () => {
  expect(changesOf('a\n  b\nc\n', 'a\nB\nc\nd\n')).toEqual([
    { kind: 'gone', line: 'b' },
    { kind: 'come', line: 'B' },
    { kind: 'come', line: 'd' },
  ]);
  expect(changesOf('a\nb', 'a\n  b\n')).toEqual([]);
  expect(changesOf('', 'a')).toEqual([{ kind: 'come', line: 'a' }]);
});
