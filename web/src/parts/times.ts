import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { useWords } from '../frame/language';
import { DAY_MS, HOUR_MS, typedDate } from './zone';

const THIS_YEAR: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const OTHER_YEAR: Intl.DateTimeFormatOptions = { ...THIS_YEAR, year: 'numeric' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

/** "2026-10-05T21:59:59.999999Z" is the end of a day; then the day alone is said. */
export const isEndOfDay = (instant: string) => /:59:59\.999999/.test(instant);

const yearOf = (time: Date) => typedDate(time).slice(0, 4);

/** Instants as people say them, in the installation's zone. */
export function useTimes() {
  const intl = useIntl();
  const w = useWords();
  const day = useCallback(
    (instant: string) => {
      const isThisYear = yearOf(new Date(instant)) === yearOf(new Date());
      // Why: the full stop of "okt." would meet that of a sentence.
      return intl.formatDate(instant, isThisYear ? THIS_YEAR : OTHER_YEAR).replace('.', '');
    },
    [intl],
  );
  const moment = useCallback(
    (instant: string) =>
      isEndOfDay(instant) ? day(instant) : `${day(instant)} ${intl.formatTime(instant, CLOCK)}`,
    [intl, day],
  );
  const clock = useCallback((instant: string) => intl.formatTime(instant, CLOCK), [intl]);
  const fullDay = useCallback(
    (instant: string) =>
      intl.formatDate(instant, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    [intl],
  );
  const weekday = useCallback((instant: string) => intl.formatDate(instant, { weekday: 'long' }), [intl]);
  const month = useCallback(
    (instant: string) => intl.formatDate(instant, { month: 'short', year: '2-digit' }),
    [intl],
  );
  /** "3 days ago", "in 2 hours". */
  const ago = useCallback(
    (instant: string, now: number) => {
      const ms = new Date(instant).getTime() - now;
      const size = Math.abs(ms);
      if (size < HOUR_MS) return intl.formatRelativeTime(Math.round(ms / 60_000), 'minute');
      if (size < DAY_MS) return intl.formatRelativeTime(Math.round(ms / HOUR_MS), 'hour');
      return intl.formatRelativeTime(Math.round(ms / DAY_MS), 'day');
    },
    [intl],
  );
  /** A length of time in the coarsest unit that still says it. */
  const lasting = useCallback(
    (seconds: number) => {
      if (seconds < 90) return w('time.seconds', { n: Math.round(seconds) });
      if (seconds < 5_400) return w('time.minutes', { n: Math.round(seconds / 60) });
      if (seconds < 129_600) return w('time.hours', { n: Math.round(seconds / 3_600) });
      return w('time.days', { n: Math.round(seconds / 86_400) });
    },
    [w],
  );
  return { day, moment, clock, fullDay, weekday, month, ago, lasting };
}

const BYTES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Shares and counts. */
export function useFigures() {
  const intl = useIntl();
  return {
    percent: (share: number | null | undefined, digits = 0) =>
      share === null || share === undefined
        ? '–'
        : intl.formatNumber(share, {
            style: 'percent',
            maximumFractionDigits: digits,
            minimumFractionDigits: digits,
          }),
    count: (n: number) => intl.formatNumber(n),
    /** "1,5 GB", in steps of a thousand, as disks are sold. */
    bytes: (n: number) => {
      const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(n, 1)) / 3), 0), BYTES.length - 1);
      const unit = BYTES[step] ?? 'byte';
      return intl.formatNumber(n / 1000 ** step, { style: 'unit', unit, maximumFractionDigits: 1 });
    },
    /** A difference of shares, in points: "−4", "+2". */
    points: (difference: number, digits = 0) =>
      intl.formatNumber(difference * 100, {
        maximumFractionDigits: digits,
        minimumFractionDigits: digits,
        signDisplay: 'exceptZero',
      }),
  };
}
