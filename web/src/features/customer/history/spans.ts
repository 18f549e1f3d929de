// What the drawing of a customer's history shows where. Plain values; instants are milliseconds.
import type { Matter, PromisedInstance, TimelineEvent, VerdictName } from '../../../api/customers';
import { dayOf, plusDays, startOfDay } from '../../../parts/days';
import { DAY_MS } from '../../../parts/zone';

export interface Span {
  instance: PromisedInstance;
  from: number;
  /** Without a due time: where it was settled, or where the drawing ends. */
  due: number;
  settled: number | null;
  /** Where its line ends: what is still owed goes on to the end of the drawing. */
  end: number;
}

export interface SpanRow {
  promise: string;
  title: string;
  unit: string | null;
  /** Spans that do not overlap share a lane. */
  lanes: Span[][];
}

export interface Lane {
  channel: string;
  events: TimelineEvent[];
}

const at = (instant: string) => Date.parse(instant);

export function spanOf(instance: PromisedInstance, now: number): Span {
  const from = at(instance.activation);
  const settled = instance.settled === null ? null : at(instance.settled);
  const due = instance.due === null ? (settled ?? now) : at(instance.due);
  const goesOn = instance.still_owed || instance.state === 'overdue';
  const end = Math.max(from, settled ?? from, instance.state === 'void' ? from : due, goesOn ? now : from);
  return { instance, from, due, settled, end };
}

/** Each in the first lane where nothing overlaps, the earliest first. `apart` is what two need between them. */
export function packed(spans: Span[], apart: number): Span[][] {
  const lanes: Span[][] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from || a.end - b.end)) {
    const lane = lanes.find((it) => (it.at(-1)?.end ?? 0) + apart <= span.from);
    if (lane) lane.push(span);
    else lanes.push([span]);
  }
  return lanes;
}

function grouped<T>(list: T[], by: (it: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const it of list) {
    const group = groups.get(by(it));
    if (group) group.push(it);
    else groups.set(by(it), [it]);
  }
  return groups;
}

// What somebody must know of first.
const RANK: Record<VerdictName, number> = {
  overdue: 0,
  broken: 1,
  late: 2,
  pending: 3,
  unknown: 4,
  kept: 5,
  void: 6,
};
const rankOf = (it: PromisedInstance) => (it.still_owed ? -1 : RANK[it.state]);

/** Whether it is drawn without being asked for: what is open, and what did not hold. */
export const isTelling = (it: PromisedInstance) =>
  (it.to_be_done && it.state === 'pending') ||
  it.state === 'overdue' ||
  it.state === 'late' ||
  it.state === 'broken';

/** A row a promise, the most pressing first; all its instances, so that what held stands beside what did not. */
export function rowsOf(instances: PromisedInstance[], now: number, apart: number, all: boolean): SpanRow[] {
  const byPromise = grouped(instances, (it) => it.promise);
  return [...byPromise.values()]
    .filter((of) => all || of.some(isTelling))
    .map((of) => ({
      of,
      rank: Math.min(...of.map(rankOf)),
      last: Math.max(...of.map((it) => at(it.activation))),
    }))
    .sort((a, b) => a.rank - b.rank || b.last - a.last)
    .flatMap(({ of }) => {
      const [first] = of;
      if (!first) return [];
      const lanes = packed(
        of.map((it) => spanOf(it, now)),
        apart,
      );
      return [{ promise: first.promise, title: first.title, unit: first.unit, lanes }];
    });
}

/** A lane a channel, the one with most events first; what has no channel last. */
export function lanesOf(events: TimelineEvent[]): Lane[] {
  return [...grouped(events, (it) => it.channel ?? '')]
    .map(([channel, of]) => ({ channel, events: of }))
    .sort((a, b) => Number(a.channel === '') - Number(b.channel === '') || b.events.length - a.events.length);
}

/** Whether something is about a matter: by the matter itself, its order, or one of its contacts. */
export function isAbout(
  matter: Matter | undefined,
  keys: Record<string, string | undefined> | undefined,
): boolean {
  if (!matter) return true;
  if (!keys) return false;
  if (keys.matter && keys.matter === matter.matter) return true;
  if (keys.order && (keys.order === matter.order || matter.matter === `order/${keys.order}`)) return true;
  return matter.contacts.some((it) => it.contact !== null && it.contact === keys.contact);
}

/** Known by then: what nobody had told us of had not happened to us. */
export const wasKnown = (event: TimelineEvent, then: number) => at(event.known ?? event.time) <= then;

const STEPS_IN_DAYS = [1, 2, 7, 14];

/** Where the axis says a day, at least `apart` milliseconds from each other: days, weeks, else the first of months. */
export function ticksOf(from: number, to: number, apart: number): number[] {
  const step = STEPS_IN_DAYS.find((it) => it * DAY_MS >= apart);
  const ticks: number[] = [];
  if (step) {
    for (let day = plusDays(dayOf(from - 1), 1); startOfDay(day) <= to; day = plusDays(day, step)) {
      ticks.push(startOfDay(day));
    }
    return ticks;
  }
  const months = [1, 2, 3, 6, 12].find((it) => it * 28 * DAY_MS >= apart) ?? 12;
  const [year = 0, month = 1] = dayOf(from).split('-').map(Number);
  const first = Math.floor((month - 1) / months) * months;
  for (let i = 0; ticks.length < 200; i += 1) {
    const t = startOfDay(new Date(Date.UTC(year, first + i * months, 1)).toISOString().slice(0, 10));
    if (t > to) break;
    if (t >= from) ticks.push(t);
  }
  return ticks;
}
