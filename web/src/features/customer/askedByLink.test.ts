import { describe, expect, it } from 'vitest';
import { readLink } from './askedByLink';

describe('a link of a telephone system', () => {
  it.each([
    ['#phone=0701234567&call=4711', { text: '0701234567', call: '4711' }],
    ['#phone=%2B46701234567', { text: '+46701234567' }],
    ['#call=4711&find=karin%40example.se', { text: 'karin@example.se', call: '4711' }],
    ['#phone=%20%20&call=4711', undefined],
    ['#call=4711', undefined],
    ['', undefined],
    ['#', undefined],
    ['#password', undefined],
  ])('%s', (fragment, asked) => {
    expect(readLink(fragment)).toEqual(asked);
  });

  it('asks for no more than the card takes', () => {
    expect(readLink(`#find=${'x'.repeat(1000)}`)?.text).toHaveLength(200);
  });
});
