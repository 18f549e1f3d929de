// What a unit caused others, and others caused it. Pure.
import type { Causes } from '../../api/overview';

/** How one unit's part of a promise fell on another. */
export type How = 'contacts' | 'broke' | 'made';

export interface CausedLine {
  how: How;
  /** The unit at the other end. */
  other: string;
  promise: string;
  title: string;
  times: number;
  customers: number;
}

const ORDER: How[] = ['contacts', 'broke', 'made'];
const sorted = (lines: CausedLine[]) =>
  lines.sort((a, b) => ORDER.indexOf(a.how) - ORDER.indexOf(b.how) || b.times - a.times);

interface Ends {
  from: string | null;
  to: string | null;
}

// Every way in which something went from one unit to another.
function everyLine(causes: Causes): (Ends & Omit<CausedLine, 'other'>)[] {
  return [
    ...causes.met.map((it) => ({
      ...it,
      how: 'contacts' as const,
      from: it.unit,
      to: it.met_by,
      times: it.contacts,
    })),
    ...causes.broken.map((it) => ({ ...it, how: 'broke' as const, from: it.broken_by, to: it.unit })),
    ...causes.broken.map((it) => ({ ...it, how: 'made' as const, from: it.made_by, to: it.unit })),
  ];
}

function between(causes: Causes, unit: string, own: keyof Ends, others: keyof Ends): CausedLine[] {
  const lines = new Map<string, CausedLine>();
  for (const it of everyLine(causes)) {
    const other = it[others];
    if (it[own] !== unit || other === null || other === unit) continue;
    const key = `${it.how}/${it.promise}/${other}`;
    const old = lines.get(key);
    lines.set(key, {
      how: it.how,
      other,
      promise: it.promise,
      title: it.title,
      times: (old?.times ?? 0) + it.times,
      customers: (old?.customers ?? 0) + it.customers,
    });
  }
  return sorted([...lines.values()]);
}

/**
 * Contacts that came of our promises and that others met; promises of theirs that an act of ours broke; promises
 * that we made, that they were to keep, and that did not hold.
 */
export const causedElsewhere = (causes: Causes, unit: string) => between(causes, unit, 'from', 'to');
/** The same from the other end. */
export const causedHere = (causes: Causes, unit: string) => between(causes, unit, 'to', 'from');

/** Contacts alone, summed up. */
export const contactsIn = (lines: CausedLine[]) =>
  lines.reduce((sum, it) => sum + (it.how === 'contacts' ? it.times : 0), 0);
