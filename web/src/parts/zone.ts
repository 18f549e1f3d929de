/** The zone in which instants are shown and typed, whatever the browser's own is. */
export const ZONE = 'Europe/Stockholm';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const WALL = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

// The wall clock's reading as if it were UTC: two readings are then compared and moved as numbers.
function wallOf(instant: number): number {
  const part: Record<string, number> = {};
  for (const it of WALL.formatToParts(instant)) part[it.type] = Number(it.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offsetAt = (instant: number) =>
  wallOf(Math.floor(instant / 1000) * 1000) - Math.floor(instant / 1000) * 1000;

/** The first instant after `early` at which the zone's offset is that of `late`. */
function jumpBetween(early: number, late: number): number {
  const after = offsetAt(late);
  let [from, to] = [early, late];
  while (to - from > 1000) {
    const middle = from + Math.floor((to - from) / 2000) * 1000;
    if (offsetAt(middle) === after) to = middle;
    else from = middle;
  }
  return to;
}

/** "2026-11-23T17:00" of an instant, as a field for a time has it. */
export const typedInstant = (time: Date): string =>
  new Date(wallOf(time.getTime())).toISOString().slice(0, 16);

/** "2026-11-23" of an instant. */
export const typedDate = (time: Date): string => typedInstant(time).slice(0, 10);

/**
 * The instant of "2026-11-23T17:00" in the field. An hour that summer time doubles means the first, one that it
 * skips the jump, as opening hours have it (contract/calendars.md). Undefined where it is no time.
 */
export function instantOf(typed: string): Date | undefined {
  const wall = Date.parse(`${typed.trim()}Z`);
  if (Number.isNaN(wall)) return undefined;
  const [before, after] = [offsetAt(wall - DAY_MS), offsetAt(wall + DAY_MS)];
  const candidates = [wall - Math.max(before, after), wall - Math.min(before, after)];
  const found = candidates.find((it) => wallOf(it) === wall);
  const [early = wall, late = wall] = candidates;
  return new Date(found ?? jumpBetween(early, late));
}

/** The next weekday at the end of office hours, as the field has it. */
export function nextWorkday(now: Date): string {
  const day = new Date(`${typedDate(now)}T17:00:00Z`);
  do day.setUTCDate(day.getUTCDate() + 1);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6);
  return day.toISOString().slice(0, 16);
}
