import type { RegisterLine } from '../../api/registers';

export interface Journey {
  journey: string;
  times: number;
  /** Empty where it is planned and nobody has tried it yet. */
  last: string;
  effort: number | null;
  /** Who tried it, each once. */
  by: string[];
}

export interface Leader {
  login: string;
  times: number;
  journeys: string[];
  /** When she last tried a journey, and met a customer; empty: never. */
  tried: string;
  met: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const isDone = (it: RegisterLine) => it.state === 'done' || it.state === 'held';
const when = (it: RegisterLine) => text(it.values.tried_at ?? it.values.held_at) || it.created_at;
const latest = (of: RegisterLine[]) => of.filter(isDone).map(when).sort().at(-1) ?? '';
const each = (texts: string[]) => [...new Set(texts)].filter(Boolean).sort();

function grouped(records: RegisterLine[], by: (it: RegisterLine) => string): Map<string, RegisterLine[]> {
  const groups = new Map<string, RegisterLine[]>();
  for (const it of records) groups.set(by(it), [...(groups.get(by(it)) ?? []), it]);
  groups.delete('');
  return groups;
}

const longestLeftFirst = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** By journey; the one that was left longest first, what nobody has tried before all. */
export const journeysOf = (walks: RegisterLine[]): Journey[] =>
  [...grouped(walks, (it) => it.title ?? '')]
    .map(([journey, of]) => {
      const done = of.filter(isDone);
      const efforts = done.flatMap((it) => (typeof it.values.effort === 'number' ? [it.values.effort] : []));
      return {
        journey,
        times: done.length,
        last: latest(of),
        effort: efforts.length > 0 ? efforts.reduce((a, b) => a + b, 0) / efforts.length : null,
        by: each(done.map((it) => text(it.values.leader))),
      };
    })
    .sort((a, b) => longestLeftFirst(a.last, b.last));

/** By leader: those who are known to lead, or have planned or done anything; who never tried stands first. */
export function leadersOf(walks: RegisterLine[], meetings: RegisterLine[], known: string[]): Leader[] {
  const leader = (it: RegisterLine) => text(it.values.leader);
  const walked = grouped(walks, leader);
  const met = grouped(meetings, leader);
  return each([...known, ...walked.keys(), ...met.keys()])
    .map((login) => {
      const done = (walked.get(login) ?? []).filter(isDone);
      return {
        login,
        times: done.length,
        journeys: each(done.map((it) => it.title ?? '')),
        tried: latest(done),
        met: latest(met.get(login) ?? []),
      };
    })
    .sort((a, b) => longestLeftFirst(a.tried, b.tried));
}
