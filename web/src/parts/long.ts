import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import { usePrinting } from './printing';

const LONG = 150;
/** So many rows from the end on, more is read. */
const NEAR = 30;

/** Which rows of a long list are drawn, and the room that the others take above and below them. */
export interface Shown {
  first: number;
  last: number;
  above: number;
  below: number;
  /** For each row that is drawn, with its place in `data-index`; null where all are drawn. */
  measure: ((element: Element | null) => void) | null;
}

/**
 * Of a list that is long those rows alone are drawn that one sees, so that a hundred thousand scroll as a hundred do; all
 * of a short one, and all on paper. `more` reads on when the end is near.
 */
export function useShown(
  box: RefObject<HTMLElement | null>,
  list: {
    count: number;
    /** About how high a row is. */
    height: number;
    keyOf: (i: number) => string | number;
    more: (() => void) | undefined;
  },
): Shown {
  const { count, more } = list;
  const isPrinting = usePrinting();
  const isLong = count > LONG && !isPrinting;
  const virtual = useWindowVirtualizer({
    count,
    enabled: isLong,
    estimateSize: () => list.height,
    overscan: 20,
    scrollMargin: box.current ? box.current.getBoundingClientRect().top + window.scrollY : 0,
    getItemKey: list.keyOf,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (isLong && more && last >= count - NEAR) more();
  }, [isLong, more, last, count]);
  if (!isLong) return { first: 0, last: count - 1, above: 0, below: 0, measure: null };
  const margin = virtual.options.scrollMargin;
  return {
    first: items[0]?.index ?? 0,
    last,
    above: (items[0]?.start ?? margin) - margin,
    below: virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin),
    measure: virtual.measureElement,
  };
}
