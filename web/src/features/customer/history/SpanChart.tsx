import { useElementSize } from '@mantine/hooks';
import { useRef } from 'react';
import type { TimelineEvent, VerdictName } from '../../../api/customers';
import { Go } from '../../../frame/Go';
import { useTerm, useWords } from '../../../frame/language';
import { PictureButton } from '../../../parts/PictureButton';
import { useTimes } from '../../../parts/times';
import { SHAPES } from '../../../parts/Verdict';
import { isBad } from './kinds';
import { type Lane, type Span, type SpanRow, ticksOf } from './spans';

const LANE = 24;
const MIDDLE = LANE / 2;
const TICK_PIXELS = 64;
const EDGE = 8;

interface Scale {
  x: (ms: number) => number;
  width: number;
  /** Where knowing ends: today, or the day that is asked for. */
  now: number;
}

function EventMark({ event, x }: { event: TimelineEvent; x: number }) {
  const term = useTerm();
  const { moment } = useTimes();
  const title = <title>{`${moment(event.time)} ${term('event', event.type)}`}</title>;
  if (isBad(event)) {
    return (
      <path className="mark bad" d={`M${x - 4} ${MIDDLE - 4}l8 8M${x + 4} ${MIDDLE - 4}l-8 8`}>
        {title}
      </path>
    );
  }
  const isContact = event.type === 'contact.started';
  return (
    <circle className={isContact ? 'mark contact' : 'mark'} cx={x} cy={MIDDLE} r={isContact ? 5 : 2.5}>
      {title}
    </circle>
  );
}

/** Shape and colour of what came of it, where it came. */
function Outcome({ state, x }: { state: VerdictName; x: number }) {
  return (
    <g className={`outcome outcome-${state}`} transform={`translate(${x - 8} ${MIDDLE - 8})`}>
      <circle cx="8" cy="8" r="8" />
      <path transform="translate(2 2)" d={SHAPES[state]} />
    </g>
  );
}

function SpanMark({ span, scale }: { span: Span; scale: Scale }) {
  const term = useTerm();
  const { moment } = useTimes();
  const { instance } = span;
  const [from, due, end] = [scale.x(span.from), scale.x(span.due), scale.x(span.end)];
  const done = span.settled === null ? due : scale.x(span.settled);
  const width = (a: number, b: number) => Math.max(b - a, 3);
  const isLate = instance.state === 'late';
  const goesOn = instance.still_owed || instance.state === 'overdue';
  return (
    <g className={`span span-${instance.state}`}>
      <title>
        {`${instance.title}: ${moment(instance.activation)} – ${instance.due ? moment(instance.due) : ''}, ${term('verdict', instance.state)}`}
      </title>
      <rect className="span-promised" x={from} y={MIDDLE - 5} width={width(from, due)} height="10" rx="2" />
      {instance.state === 'kept' && (
        <rect className="span-done" x={from} y={MIDDLE - 5} width={width(from, done)} height="10" rx="2" />
      )}
      {isLate && <rect className="span-done" x={due} y={MIDDLE - 5} width={width(due, done)} height="10" />}
      {goesOn && <path className="span-owed" d={`M${due} ${MIDDLE}H${end}`} />}
      {instance.due && <path className="span-due" d={`M${due} ${MIDDLE - 9}v18`} />}
      <Outcome state={instance.state} x={isLate || instance.state === 'kept' ? done : goesOn ? end : due} />
    </g>
  );
}

function Track(props: { scale: Scale; label: string; lanes: number; children: React.ReactNode }) {
  const { scale, lanes } = props;
  const height = lanes * LANE;
  return (
    <svg
      className="track"
      viewBox={`0 0 ${scale.width} ${height}`}
      height={height}
      role="img"
      aria-label={props.label}
    >
      <rect
        className="unknown-yet"
        x={scale.x(scale.now)}
        y="0"
        width={Math.max(0, scale.width - scale.x(scale.now))}
        height={height}
      />
      <path className="known-through" d={`M${scale.x(scale.now)} 0v${height}`} />
      {props.children}
    </svg>
  );
}

function EventLane({ lane, scale }: { lane: Lane; scale: Scale }) {
  const w = useWords();
  const term = useTerm();
  const name = lane.channel ? term('channel', lane.channel) : w('history.no-channel');
  return (
    <div className="history-row">
      <p className="history-label">
        <span className="history-name">{name}</span>{' '}
        <span className="faint tabular">{lane.events.length}</span>
      </p>
      <Track scale={scale} lanes={1} label={w('history.events-of', { channel: name, n: lane.events.length })}>
        {lane.events.map((it) => (
          <EventMark key={it.source + it.id} event={it} x={scale.x(Date.parse(it.time))} />
        ))}
      </Track>
    </div>
  );
}

function PromiseRow({ row, scale }: { row: SpanRow; scale: Scale }) {
  const term = useTerm();
  const states = row.lanes.flat().map((it) => it.instance.state);
  const said = [...new Set(states)]
    .map((state) => `${states.filter((it) => it === state).length} ${term('verdict', state)}`)
    .join(', ');
  return (
    <div className="history-row">
      <p className="history-label">
        <Go to={`/promises/${row.promise}`} className="plain-link">
          {row.title}
        </Go>{' '}
        <span className="faint">{said}</span>
      </p>
      <Track scale={scale} lanes={row.lanes.length} label={`${row.title}: ${said}`}>
        {row.lanes.map((lane, i) => (
          <g key={i} transform={`translate(0 ${i * LANE})`}>
            {lane.map((it) => (
              <SpanMark
                key={it.instance.activation + it.instance.due + JSON.stringify(it.instance.about)}
                span={it}
                scale={scale}
              />
            ))}
          </g>
        ))}
      </Track>
    </div>
  );
}

function Axis({ scale, from, to }: { scale: Scale; from: number; to: number }) {
  const { day } = useTimes();
  const apart = ((to - from) / Math.max(scale.width, 1)) * TICK_PIXELS;
  return (
    <svg className="track axis-line" viewBox={`0 0 ${scale.width} 22`} height="22" aria-hidden="true">
      {ticksOf(from, to, apart).map((it) => (
        <g key={it}>
          <path className="axis" d={`M${scale.x(it)} 16v6`} />
          <text
            x={scale.x(it)}
            y="12"
            textAnchor={scale.x(it) < 30 ? 'start' : scale.x(it) > scale.width - 30 ? 'end' : 'middle'}
          >
            {day(new Date(it).toISOString())}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Events of all channels, and beneath them what was promised, from activation to due to what came of it. */
export function SpanChart(props: { lanes: Lane[]; rows: SpanRow[]; from: number; to: number; now: number }) {
  const { lanes, rows, from, to } = props;
  const w = useWords();
  const { ref, width } = useElementSize();
  const drawing = useRef<HTMLElement>(null);
  const scale: Scale = {
    x: (ms) => EDGE + ((ms - from) / Math.max(to - from, 1)) * (width - 2 * EDGE),
    width,
    now: props.now,
  };
  return (
    <figure ref={drawing} className="history-chart chart">
      <div className="history-row history-axis">
        <span />
        <div ref={ref}>{width > 0 && <Axis scale={scale} from={from} to={to} />}</div>
      </div>
      {width > 0 && (
        <>
          {lanes.map((it) => (
            <EventLane key={it.channel} lane={it} scale={scale} />
          ))}
          {rows.length > 0 && <h3 className="history-part">{w('history.promises')}</h3>}
          {rows.map((it) => (
            <PromiseRow key={it.promise} row={it} scale={scale} />
          ))}
          <PictureButton of={drawing} />
        </>
      )}
    </figure>
  );
}
