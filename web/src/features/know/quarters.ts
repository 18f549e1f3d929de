import { typedDate } from '../../parts/zone';

/** What is guessed, in the order of the page. */
export const FIGURES = [
  'promises_kept',
  'fourth_contact',
  'minutes_to_human',
  'asked_twice',
  'cannot_leave',
] as const;
export type Figure = (typeof FIGURES)[number];

export const MEASURES = {
  promises_kept: 'know.measure.percent',
  fourth_contact: 'know.measure.customers',
  minutes_to_human: 'know.measure.minutes',
  asked_twice: 'know.measure.customers',
  cannot_leave: 'know.measure.percent',
} as const satisfies Record<Figure, string>;

/** More is better of one of them; of the others less is. */
export const isMoreBetter = (figure: Figure) => figure === 'promises_kept';

export function quarterOf(time: Date): string {
  const [year, month] = typedDate(time).split('-');
  return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** "2026-Q1" of "2026-Q2". */
export function before(quarter: string): string {
  const year = Number(quarter.slice(0, 4));
  const number = Number(quarter.slice(6));
  return number > 1 ? `${year}-Q${number - 1}` : `${year - 1}-Q4`;
}

/** The quarter that has begun and the five before it, the newest first. */
export function choosable(now: Date): string[] {
  const quarters = [quarterOf(now)];
  while (quarters.length < 6) quarters.push(before(quarters.at(-1) ?? ''));
  return quarters;
}

/** "Q3 2026", as people say it. */
export const said = (quarter: string) => `${quarter.slice(5)} ${quarter.slice(0, 4)}`;
