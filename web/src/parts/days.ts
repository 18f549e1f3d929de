// Days of the zone that everything is shown in, as an address and a slider name them: "2026-05-03".
import { DAY_MS, instantOf, typedDate } from './zone';

/** The day in which an instant falls. */
export const dayOf = (instant: string | number) => typedDate(new Date(instant));

/** When the day begins; not a number where it is none. */
export const startOfDay = (day: string) => instantOf(`${day}T00:00`)?.getTime() ?? Number.NaN;

/** Its last millisecond. */
export const endOfDay = (day: string) => startOfDay(plusDays(day, 1)) - 1;

export const plusDays = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

export const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
