export type Cell = string | number | null | undefined;

/** As RFC 4180 has it. A text that a spreadsheet would take for a formula is kept from that by a quote mark. */
export function csvOf(rows: Cell[][]): string {
  const cell = (it: Cell) => {
    if (it === null || it === undefined) return '';
    if (typeof it === 'number') return String(it);
    const text = /^[=+\-@\t\r]/.test(it) ? `'${it}` : it;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n');
}
