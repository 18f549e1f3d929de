import { expect, test } from 'vitest';
import type { RegisterLine } from '../../api/registers';
import { casesByUnit } from './casesByUnit';

const line = (id: string, unit: string | null, due: string | null, overdue = false) =>
  ({ id, unit, due, overdue }) as RegisterLine;

test('the unit with the first due stands first, each with its own cases and how many are late', () => {
  const groups = casesByUnit([
    line('case-1', 'shops', '2026-11-26T00:00:00Z'),
    line('case-2', 'logistics', '2026-11-20T00:00:00Z', true),
    line('case-3', 'shops', '2026-11-24T00:00:00Z'),
    line('case-4', 'network', null),
    line('case-5', 'logistics', '2026-12-01T00:00:00Z'),
  ]);
  expect(groups.map((it) => [it.unit, it.cases.map((one) => one.id), it.overdue])).toEqual([
    ['logistics', ['case-2', 'case-5'], 1],
    ['shops', ['case-1', 'case-3'], 0],
    ['network', ['case-4'], 0],
  ]);
});

test('nothing is owed where there are no cases', () => {
  expect(casesByUnit([])).toEqual([]);
});
