import { useElementSize } from '@mantine/hooks';
import { type ReactNode, useRef } from 'react';
import { PictureButton } from './PictureButton';

const LEFT = 46;
const TOP = 14;
const BOTTOM = 28;
/** The first and the last point stand this far inside, so that their marks are whole. */
const INSET = 8;
const NAME_WIDTH = 66;
const LINE_HEIGHT = 17;

/** Where a point and a value stand in a chart. */
export interface Place {
  x: (i: number) => number;
  y: (value: number) => number;
}

/** Points in order; null where a line is broken. */
export type Line = (readonly [number, number] | null)[];

/** A line's name beside its last point. */
export interface End {
  y: number;
  text: string;
  look: string;
}

export function pathOf(line: Line): string {
  let pen = 'M';
  return line
    .map((it) => {
      const part = it ? `${pen}${it[0].toFixed(1)} ${it[1].toFixed(1)}` : '';
      pen = it ? 'L' : 'M';
      return part;
    })
    .join('');
}

/** What lies between two lines, where both have a point. */
export function areaBetween(upper: Line, lower: Line): string {
  const both = upper.flatMap((it, i) => {
    const other = lower[i];
    return it && other ? [[it, other] as const] : [];
  });
  if (both.length < 2) return '';
  const back = pathOf(both.map((it) => it[1]).reverse()).replace('M', 'L');
  return `${pathOf(both.map((it) => it[0]))}${back}Z`;
}

/** The line of a value of each point. */
export const lineOf = <P,>(points: P[], place: Place, value: (it: P) => number | null | undefined): Line =>
  points.map((it, i) => {
    const found = value(it);
    return found === null || found === undefined ? null : [place.x(i), place.y(found)];
  });

export function endOf(line: Line, text: string, look = ''): End[] {
  const last = line.findLast((it) => it !== null);
  return last ? [{ y: last[1] + 4, text, look }] : [];
}

/** Names that would stand on each other are moved apart. */
export function apart(ends: End[]): End[] {
  const moved: End[] = [];
  for (const it of ends.toSorted((a, b) => a.y - b.y)) {
    const above = moved.at(-1);
    moved.push({ ...it, y: above ? Math.max(it.y, above.y + LINE_HEIGHT) : it.y });
  }
  return moved;
}

/**
 * A drawing over time as wide as its place: a scale, names of the points below, and the name of each line beside its
 * end, and a button that copies it. A table of the same belongs behind it.
 */
export function Chart(props: {
  label: string;
  height: number;
  /** Room for the names of the lines. */
  right: number;
  scale: { from: number; to: number; ticks: number[]; say: (tick: number) => string };
  names: { id: string; text: string }[];
  draw: (place: Place) => { marks: ReactNode; ends: End[] };
}) {
  const { label, height, names, scale } = props;
  const { ref, width } = useElementSize();
  const drawing = useRef<SVGSVGElement>(null);
  const right = Math.max(width - props.right, LEFT + 1);
  const last = names.length - 1;
  const span = Math.max(right - LEFT - 2 * INSET, 1);
  const place: Place = {
    x: (i) => LEFT + INSET + (span * i) / Math.max(last, 1),
    y: (value) =>
      TOP + (height - TOP - BOTTOM) * (1 - (value - scale.from) / Math.max(scale.to - scale.from, 0.001)),
  };
  const every = Math.ceil(names.length / Math.max(2, Math.floor((right - LEFT) / NAME_WIDTH)));
  const { marks, ends } = props.draw(place);
  return (
    <div ref={ref}>
      {/* Its room, until it is known how wide that is. */}
      {width === 0 && <div style={{ height }} />}
      {width > 0 && (
        <svg ref={drawing} className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
          {scale.ticks.map((it) => (
            <g key={it}>
              <path className="axis" d={`M${LEFT} ${place.y(it)}H${right}`} />
              <text x={LEFT - 8} y={place.y(it) + 4} textAnchor="end">
                {scale.say(it)}
              </text>
            </g>
          ))}
          {names.map((it, i) =>
            (last - i) % every === 0 ? (
              <text key={it.id} x={place.x(i)} y={height - 8} textAnchor="middle">
                {it.text}
              </text>
            ) : null,
          )}
          {marks}
          {apart(ends).map((it) => (
            <text key={it.text} className={`end ${it.look}`} x={right + 10} y={it.y}>
              {it.text}
            </text>
          ))}
        </svg>
      )}
      <PictureButton of={drawing} />
    </div>
  );
}
