import type { Place } from '../../api/promises';

/**
 * Where a place of the server's (lines and characters from 1, a character being a code point) lies in a text of
 * JavaScript, which counts UTF-16 units.
 */
export function offsetOf(text: string, place: Place): number {
  let start = 0;
  for (let line = 1; line < place.line; line += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  const line = Array.from(text.slice(start, end < 0 ? text.length : end));
  return start + line.slice(0, place.column - 1).join('').length;
}
