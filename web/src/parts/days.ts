// Days of the zone that everything is shown in, as an address and a slider name them: "2026-05-03".
const ZONE = 'Europe/Stockholm';
const DAY_MS = 86_400_000;

const inZone = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** How many milliseconds the zone's clock is ahead of UTC at that instant. */
function ahead(ms: number): number {
  const [date = '', clock = ''] = inZone.format(ms).split(' ');
  return Date.parse(`${date}T${clock}Z`) - Math.floor(ms / 1000) * 1000;
}

/** The day in which an instant falls. */
export const dayOf = (instant: string | number) => inZone.format(new Date(instant)).slice(0, 10);

/** When the day begins. */
export function startOfDay(day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // Why twice: the first guess may lie on the other side of a change of the clock.
  return utc - ahead(utc - ahead(utc));
}

/** Its last millisecond. */
export const endOfDay = (day: string) => startOfDay(plusDays(day, 1)) - 1;

export const plusDays = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

export const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
