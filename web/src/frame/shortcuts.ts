import { useEffect, useRef, useSyncExternalStore } from 'react';

// Single letters as shortcuts get in the way of those who speak to their computer, so that they can be
// turned off (WCAG 2.1.4). Kept until the page is loaded anew; nothing is stored.
let isOn = true;
const listeners = new Set<() => void>();

function set(on: boolean): void {
  isOn = on;
  for (const it of listeners) it();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useShortcutsOn(): [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, () => isOn), set];
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Single keys anywhere on the page but in a field: `{ '/': focusSearch, l: promise }`. */
export function useShortcuts(keys: Record<string, (() => void) | undefined>): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isOn || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const act = current.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
