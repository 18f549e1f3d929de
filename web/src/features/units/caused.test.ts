import { expect, test } from 'vitest';
import type { Causes } from '../../api/overview';
import { causedElsewhere, causedHere, contactsIn } from './caused';

const promise = { promise: 'module', title: 'Module', customers: 2 };
const causes = {
  met: [
    { ...promise, unit: 'logistics', met_by: 'service', contacts: 5 },
    { ...promise, unit: 'logistics', met_by: 'shop', contacts: 1 },
    { ...promise, unit: 'logistics', met_by: 'logistics', contacts: 9 },
    { ...promise, unit: 'logistics', met_by: null, contacts: 9 },
  ],
  broken: [
    { ...promise, unit: 'logistics', made_by: 'webshop', broken_by: null, times: 7 },
    { ...promise, unit: 'logistics', made_by: 'webshop', broken_by: 'sales', times: 3 },
    { ...promise, unit: 'service', made_by: 'service', broken_by: 'service', times: 4 },
  ],
} as unknown as Causes;
const told = (lines: ReturnType<typeof causedHere>) => lines.map((it) => `${it.how} ${it.other} ${it.times}`);

test('what we caused others is told from our end, what stays with us is not', () => {
  expect(told(causedElsewhere(causes, 'logistics'))).toEqual(['contacts service 5', 'contacts shop 1']);
  expect(contactsIn(causedElsewhere(causes, 'logistics'))).toBe(6);
  expect(told(causedElsewhere(causes, 'webshop'))).toEqual(['made logistics 10']);
  expect(told(causedElsewhere(causes, 'sales'))).toEqual(['broke logistics 3']);
  expect(told(causedElsewhere(causes, 'service'))).toEqual([]);
});

test('and from theirs', () => {
  expect(told(causedHere(causes, 'service'))).toEqual(['contacts logistics 5']);
  expect(told(causedHere(causes, 'logistics'))).toEqual(['broke sales 3', 'made webshop 10']);
});
