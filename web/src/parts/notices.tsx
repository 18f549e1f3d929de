import { useMutation } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useWords } from '../frame/language';
import { useShortcuts, useShortcutsOn } from '../frame/shortcuts';

/** What was just done, and how to take it back: instead of asking "are you sure". */
export interface Notice {
  text: string;
  undo?: () => Promise<unknown>;
  /** Where undo is possible for a shorter time. */
  staysMs?: number;
}

let notices: (Notice & { number: number })[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: typeof notices): void {
  notices = next;
  for (const it of listeners) it();
}

export function tell(notice: Notice): void {
  last += 1;
  change([...notices.slice(-2), { ...notice, number: last }]);
}

/** Another person is here: what was done before is not hers to see, nor to undo. */
export function forgetNotices(): void {
  change([]);
}

const STAYS_MS = 20_000;

function One({ notice, isNewest }: { notice: (typeof notices)[number]; isNewest: boolean }) {
  const w = useWords();
  const leave = () => change(notices.filter((it) => it.number !== notice.number));
  const undoing = useMutation({ mutationFn: () => notice.undo?.() ?? Promise.resolve(), onSuccess: leave });
  const [isOn] = useShortcutsOn();
  const canUndo = notice.undo !== undefined && !undoing.error;
  const hasKey = isNewest && canUndo;
  useShortcuts({ z: hasKey && !undoing.isPending ? () => undoing.mutate() : undefined });
  // Why: one time for each notice
  useEffect(() => {
    const timer = setTimeout(leave, notice.staysMs ?? STAYS_MS);
    return () => clearTimeout(timer);
  }, [notice.number]);
  return (
    <div className="notice">
      <span>{undoing.error ? undoing.error.message : notice.text}</span>
      {canUndo && (
        <button
          type="button"
          className="notice-undo"
          onClick={() => undoing.mutate()}
          disabled={undoing.isPending}
          {...(hasKey ? { 'aria-keyshortcuts': 'z' } : {})}
        >
          <span>{w('notice.undo')}</span>
          {hasKey && isOn && (
            <span className="key" aria-hidden="true">
              Z
            </span>
          )}
        </button>
      )}
      <button type="button" className="notice-close" onClick={leave} aria-label={w('notice.close')}>
        ×
      </button>
    </div>
  );
}

export function Notices() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
  return (
    <div className="notices" role="status" aria-live="polite">
      {shown.map((it, i) => (
        <One key={it.number} notice={it} isNewest={i === shown.length - 1} />
      ))}
    </div>
  );
}
