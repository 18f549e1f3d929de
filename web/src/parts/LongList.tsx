import { type ReactNode, useRef } from 'react';
import { useShown } from './long';

/** A list of which few rows at once are drawn. `more` reads on when its end is near. */
export function LongList<Row>(props: {
  look: string;
  rows: Row[];
  keyOf: (row: Row) => string | number;
  /** About how high a row is, in pixels. */
  height: number;
  more: (() => void) | undefined;
  draw: (row: Row) => ReactNode;
}) {
  const { rows, keyOf, height, more } = props;
  const box = useRef<HTMLUListElement>(null);
  const { first, last, above, below, measure } = useShown(box, {
    count: rows.length,
    height,
    keyOf: (i) => (rows[i] === undefined ? i : keyOf(rows[i])),
    more,
  });
  return (
    <ul ref={box} className={props.look} style={{ paddingTop: above, paddingBottom: below }}>
      {rows.slice(first, last + 1).map((row, i) => (
        <li
          key={keyOf(row)}
          ref={measure}
          data-index={first + i}
          {...(measure ? { 'aria-posinset': first + i + 1, 'aria-setsize': rows.length } : {})}
        >
          {props.draw(row)}
        </li>
      ))}
    </ul>
  );
}
