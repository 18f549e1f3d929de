import { useInfiniteQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { readTimeline, type TimelineEvent } from '../../api/customers';
import { useUnitName } from '../../api/units';
import { useTerm, useWords, type WordId } from '../../frame/language';
import { useView } from '../../frame/routes';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useTimes } from '../../parts/times';

const KINDS: Record<string, { word: WordId; fits: RegExp }> = {
  all: { word: 'customer.timeline.all', fits: /./ },
  contacts: { word: 'customer.timeline.contacts', fits: /^(contact|call|callback|chat)\./ },
  orders: { word: 'customer.timeline.orders', fits: /^(order|delivery|invoice|installation)\./ },
  promises: { word: 'customer.timeline.promises', fits: /^(commitment|status|case|help)\./ },
  failures: {
    word: 'customer.timeline.failures',
    fits: /(failed|blocked|delayed|abandoned|transferred|claimed|asked|reminded|escalated)$/,
  },
};

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
  const term = useTerm();
  const unit = useUnitName();
  const { clock, day, moment } = useTimes();
  const said = (name: string, value: string | number | boolean | null) => {
    if (typeof value !== 'string') return String(value);
    if (INSTANT.test(value)) return moment(value);
    return DAY.test(value) ? day(value) : term(name, value);
  };
  const isBad = KINDS.failures?.fits.test(event.type) ?? false;
  const told = Object.entries({ ...event.data, ...(event.keys?.fact ? { fact: event.keys.fact } : {}) })
    .filter(([, value]) => value !== null && value !== '')
    .slice(0, 4)
    .map(([name, value]) => `${term('data', name)}: ${said(name, value)}`);
  const where = [event.channel ? term('channel', event.channel) : '', event.unit ? unit(event.unit) : '']
    .filter(Boolean)
    .join(', ');
  return (
    <div className={isBad ? 'event bad' : 'event'}>
      <span className="event-time tabular faint">{clock(event.time)}</span>
      <div className="event-what">
        <b>{term('event', event.type)}</b> <span className="faint">{where}</span>
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

/** Her events of all channels, newest first. */
export function Timeline({ customer, why }: { customer: string; why: string }) {
  const w = useWords();
  const { fullDay } = useTimes();
  const [view, change] = useView();
  const kind = KINDS[view.only ?? 'all'] ? (view.only ?? 'all') : 'all';
  const timeline = useInfiniteQuery({
    queryKey: ['timeline', customer],
    queryFn: ({ pageParam }) => readTimeline(customer, pageParam, why),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next_before ?? undefined,
  });
  const rows = useMemo(() => {
    const events = timeline.data?.pages.flatMap((it) => it.events) ?? [];
    return rowsOf(
      events.filter((it) => KINDS[kind]?.fits.test(it.type)),
      fullDay,
    );
  }, [timeline.data, kind, fullDay]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = timeline;
  const loadMore = hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined;
  return (
    <section className="sheet" aria-labelledby="timeline">
      <div className="sheet-head">
        <h2 id="timeline">{w('customer.timeline')}</h2>
        <fieldset className="switch wraps">
          <legend className="unseen">{w('customer.timeline.only')}</legend>
          {Object.entries(KINDS).map(([id, it]) => (
            <button
              key={id}
              type="button"
              aria-pressed={kind === id}
              onClick={() => change({ only: id === 'all' ? undefined : id })}
            >
              {w(it.word)}
            </button>
          ))}
        </fieldset>
      </div>
      {timeline.error && <ProblemPanel error={timeline.error} retry={() => void timeline.refetch()} />}
      <List rows={rows} loadMore={loadMore} />
      {timeline.data && (
        <p className="faint small events-end">
          {hasNextPage
            ? w('customer.timeline.more')
            : w(rows.length === 0 ? 'customer.timeline.none' : 'customer.timeline.end')}
        </p>
      )}
    </section>
  );
}
