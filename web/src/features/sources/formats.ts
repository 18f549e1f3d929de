// Formats of times as a map names them (contract/map.md), guessed from how cells look.

/** Those that are offered by name; a pattern of one's own is typed. */
export const FORMATS = [
  'iso',
  '%Y-%m-%d %H:%M:%S',
  '%d/%m/%Y %H:%M:%S',
  '%d/%m/%Y %H:%M',
  '%d/%m/%Y',
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M',
  '%m/%d/%Y',
  '%d.%m.%Y %H:%M:%S',
  '%d.%m.%Y %H:%M',
  '%d.%m.%Y',
  '%Y/%m/%d %H:%M:%S',
  '%Y/%m/%d',
  '%Y%m%d',
  'unix_s',
  'unix_ms',
  'unix_us',
] as const;

const ISO = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?(Z|[+-]\d\d(:?\d\d)?)?)?$/;
const WITH_ZONE = /(Z|[+-]\d\d(:?\d\d)?)$/;

const PIECES: Record<string, string> = {
  '%Y': '\\d{4}',
  '%m': '(0?[1-9]|1[0-2])',
  '%d': '(0?[1-9]|[12]\\d|3[01])',
  '%H': '([01]?\\d|2[0-3])',
  '%M': '[0-5]\\d',
  '%S': '[0-5]\\d',
};

function fits(format: string, cell: string): boolean {
  if (format === 'iso') return ISO.test(cell);
  const digits = { unix_s: 10, unix_ms: 13, unix_us: 16 }[format];
  if (digits) return new RegExp(`^1\\d{${digits - 1}}$`).test(cell);
  const pattern = format.replaceAll('.', '\\.').replace(/%[YmdHMS]/g, (it) => PIECES[it] ?? it);
  // Why the years: eight digits are many a thing's number.
  if (format === '%Y%m%d' && !/^(19|20)/.test(cell)) return false;
  return new RegExp(`^${pattern}$`).test(cell);
}

// One cell in six may be something else: the trial shows what is rejected.
const MOST_FIT = 0.8;

/** What fits the cells. Where day and month could be either, the day first; nothing where none fits. */
export function formatOf(cells: string[]): string | undefined {
  if (cells.length === 0) return undefined;
  return FORMATS.find(
    (format) => cells.filter((it) => fits(format, it.trim())).length >= MOST_FIT * cells.length,
  );
}

/** Do such cells say which zone they are in? */
export function sayZone(format: string, cells: string[]): boolean {
  if (format.startsWith('unix')) return true;
  if (format !== 'iso') return format.includes('%z');
  return cells.every((it) => it.length > 10 && WITH_ZONE.test(it.slice(10)));
}
