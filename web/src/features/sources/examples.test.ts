import { expect, test } from 'vitest';
import { exampleOf, WAYS } from './examples';

const AT = '2026-11-22T08:00:00.000Z';

test.each(WAYS)('%s names the address and the key', (way) => {
  const text = exampleOf(way, 'https://handslag.example', 'hs_secret', 'shop', AT);
  expect(text).toContain('https://handslag.example');
  expect(text).toContain('hs_secret');
});

test('the line of curl carries JSON that can be read', () => {
  const text = exampleOf('curl', 'http://h', 'hs_x', 'shop', AT);
  const body = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  expect(body).toMatchObject({ id: 'first-1', type: 'order.placed', time: AT, keys: { order: 'A-1001' } });
});
