/** Lines that went and came between two texts, in their order: the longest common lines stay. */
export interface LineChange {
  kind: 'gone' | 'come';
  line: string;
}

export function changesOf(before: string, after: string): LineChange[] {
  const old = before.split('\n').map((it) => it.trim());
  const fresh = after.split('\n').map((it) => it.trim());
  // common[i][j]: how many lines the rests from i and j have in common.
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row) row[j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const changes: LineChange[] = [];
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ kind: 'gone', line: old[i] ?? '' });
      i += 1;
    } else {
      changes.push({ kind: 'come', line: fresh[j] ?? '' });
      j += 1;
    }
  }
  return changes.filter((it) => it.line);
}
