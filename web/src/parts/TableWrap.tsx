import type { ReactNode } from 'react';
import { useWords } from '../frame/language';

/** A table that may be wider than its place; the keyboard can scroll it. */
export function TableWrap({ label, children }: { label: string; children: ReactNode }) {
  const w = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so that the keyboard must reach it
    <section className="table-wrap" aria-label={w('table.of', { label })} tabIndex={0}>
      {children}
    </section>
  );
}
