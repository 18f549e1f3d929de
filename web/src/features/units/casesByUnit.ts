import type { RegisterLine } from '../../api/registers';

export interface UnitCases {
  unit: string;
  cases: RegisterLine[];
  overdue: number;
}

// What has no time comes last.
const firstDue = (it: UnitCases) =>
  it.cases.reduce((first, one) => (one.due && one.due < first ? one.due : first), '~');

/** By the unit that must answer, in the order of the first due; the cases of each keep their order. */
export function casesByUnit(cases: RegisterLine[]): UnitCases[] {
  const units = new Map<string, UnitCases>();
  for (const it of cases) {
    const unit = it.unit ?? '';
    const group = units.get(unit) ?? { unit, cases: [], overdue: 0 };
    group.cases.push(it);
    if (it.overdue) group.overdue += 1;
    units.set(unit, group);
  }
  return [...units.values()].sort((a, b) =>
    firstDue(a) < firstDue(b) ? -1 : firstDue(a) > firstDue(b) ? 1 : 0,
  );
}
