import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

// What is long is drawn whole for the printer, which asks for it just before it takes the page.
let isPrinting = false;
const listeners = new Set<() => void>();

function set(on: boolean): void {
  isPrinting = on;
  flushSync(() => {
    for (const it of listeners) it();
  });
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const begin = () => set(true);
const end = () => set(false);

/** Whether the page is just being printed. */
export const usePrinting = () => useSyncExternalStore(subscribe, () => isPrinting);
