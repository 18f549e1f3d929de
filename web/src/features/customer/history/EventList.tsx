import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { TimelineEvent } from '../../../api/customers';
import { useUnitName } from '../../../api/units';
import { useTerm, useWords } from '../../../frame/language';
import { useTimes } from '../../../parts/times';
import { HOUR_MS } from '../../../parts/zone';
import { isBad } from './kinds';

type Row = { day: string } | { event: TimelineEvent };

function rowsOf(events: TimelineEvent[], dayOf: (instant: string) => string): Row[] {
  const rows: Row[] = [];
  let last = '';
  for (const event of events) {
    const day = dayOf(event.time);
    if (day !== last) rows.push({ day });
    last = day;
    rows.push({ event });
  }
  return rows;
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

function OneEvent({ event }: { event: TimelineEvent }) {
  const w = useWords();
  const term = useTerm();
  const unit = useUnitName();
  const { clock, day, moment } = useTimes();
  const isLate = event.known !== undefined && Date.parse(event.known) - Date.parse(event.time) > HOUR_MS;
  const said = (name: string, value: string | number | boolean | null) => {
    if (typeof value !== 'string') return String(value);
    if (INSTANT.test(value)) return moment(value);
    return DAY.test(value) ? day(value) : term(name, value);
  };
  const told = Object.entries({ ...event.data, ...(event.keys?.fact ? { fact: event.keys.fact } : {}) })
    .filter(([, value]) => value !== null && value !== '')
    .slice(0, 4)
    .map(([name, value]) => `${term('data', name)}: ${said(name, value)}`);
  const where = [event.channel ? term('channel', event.channel) : '', event.unit ? unit(event.unit) : '']
    .filter(Boolean)
    .join(', ');
  return (
    <div className={isBad(event) ? 'event bad' : 'event'}>
      <span className="event-time tabular faint">{clock(event.time)}</span>
      <div className="event-what">
        <b>{term('event', event.type)}</b> <span className="faint">{where}</span>
        {isLate && event.known && (
          <p className="small past">{w('customer.timeline.known', { when: moment(event.known) })}</p>
        )}
        {told.length > 0 && <p className="small faint">{told.join(' · ')}</p>}
      </div>
    </div>
  );
}

function List({ rows, loadMore }: { rows: Row[]; loadMore: (() => void) | undefined }) {
  const list = useRef<HTMLOListElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (i) => (rows[i] && 'day' in rows[i] ? 44 : 50),
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (loadMore && last >= rows.length - 20) loadMore();
  }, [last, rows.length, loadMore]);
  return (
    <ol ref={list} className="events" style={{ height: virtual.getTotalSize() }}>
      {items.map((it) => {
        const row = rows[it.index];
        if (!row) return null;
        return (
          <li
            key={it.key}
            ref={virtual.measureElement}
            data-index={it.index}
            className="event-row"
            style={{ transform: `translateY(${it.start - virtual.options.scrollMargin}px)` }}
          >
            {'day' in row ? <h3 className="event-day">{row.day}</h3> : <OneEvent event={row.event} />}
          </li>
        );
      })}
    </ol>
  );
}

/** Events of all channels, newest first; only those in sight are in the document. */
export function EventList({
  events,
  loadMore,
}: {
  events: TimelineEvent[];
  loadMore?: (() => void) | undefined;
}) {
  const { fullDay } = useTimes();
  const rows = useMemo(() => rowsOf(events, fullDay), [events, fullDay]);
  return <List rows={rows} loadMore={loadMore} />;
}
