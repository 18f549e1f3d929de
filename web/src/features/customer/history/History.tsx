import { useMemo } from 'react';
import type { Card, PromisedInstance } from '../../../api/customers';
import { useWords } from '../../../frame/language';
import { useView } from '../../../frame/routes';
import { dayOf, endOfDay, isDay, startOfDay } from '../../../parts/days';
import { ProblemPanel } from '../../../parts/ProblemPanel';
import { useTimes } from '../../../parts/times';
import { AsOf } from './AsOf';
import { EventList } from './EventList';
import { Filters } from './Filters';
import { isOfKind, kindOf } from './kinds';
import { useEvents, usePromised } from './reading';
import { SpanChart } from './SpanChart';
import { SpanTable } from './SpanTable';
import { isAbout, lanesOf, rowsOf, wasKnown } from './spans';
import './history.css';
import { DAY_MS } from '../../../parts/zone';

const SPANS: Record<string, number> = { quarter: 92 * DAY_MS, year: 366 * DAY_MS };
/** Spans nearer to each other than this share of the drawing get lanes of their own. */
const APART = 0.025;

// From when the drawing begins: no earlier than what there is to draw.
function beginning(span: string | undefined, first: number, now: number): number {
  const length = SPANS[span ?? 'quarter'];
  return length ? Math.max(first, now - length) : first;
}

const counted = (promises: PromisedInstance[], fits: (it: PromisedInstance) => boolean) =>
  promises.filter(fits).length;

/** Her events of all channels and her promises over time, as known now or on an earlier day. */
export function History({ card, why }: { card: Card; why: string }) {
  const w = useWords();
  const { day: sayDay } = useTimes();
  const [view, change] = useView();
  const customer = card.customer.name;
  const today = dayOf(card.as_of);
  const asOf = isDay(view.as_of) && view.as_of < today ? view.as_of : undefined;
  const now = asOf ? endOfDay(asOf) : Date.parse(card.as_of);
  const { timeline, loadMore } = useEvents(customer, why);
  const promised = usePromised(customer, asOf, why);

  const all = useMemo(() => timeline.data?.pages.flatMap((it) => it.events) ?? [], [timeline.data]);
  const matter = card.matters.find((it) => it.matter !== null && it.matter === view.matter);
  const kind = kindOf(view.only);
  const events = useMemo(
    () =>
      all.filter(
        (it) =>
          isOfKind(it, kind) &&
          (!view.channel || it.channel === view.channel) &&
          isAbout(matter, it.keys) &&
          (!asOf || wasKnown(it, now)),
      ),
    [all, kind, view.channel, matter, asOf, now],
  );
  const firstTime = Date.parse(all.at(-1)?.time ?? card.as_of);
  const from = startOfDay(dayOf(beginning(view.span, firstTime, Date.parse(card.as_of))));
  const instances = (promised.data?.promises ?? []).filter((it) => isAbout(matter, it.about));
  const dues = instances.map((it) => Date.parse(it.due ?? it.activation));
  const to = Math.max(
    Date.parse(card.as_of),
    Math.min(Date.parse(card.as_of) + 31 * DAY_MS, ...[Math.max(0, ...dues)]),
  );
  const inSight = instances.filter(
    (it) =>
      Math.max(Date.parse(it.due ?? it.activation), Date.parse(it.settled ?? it.activation)) >= from ||
      it.still_owed,
  );
  const rows = rowsOf(inSight, now, (to - from) * APART, view.held === '1');
  const lanes = lanesOf(events.filter((it) => Date.parse(it.time) >= from));
  const channels = [...new Set(all.flatMap((it) => it.channel ?? []))].sort();
  const said = w(asOf ? 'history.said' : 'history.said-now', {
    when: sayDay(new Date(now).toISOString()),
    open: counted(instances, (it) => it.to_be_done && (it.state === 'pending' || it.state === 'overdue')),
    owed: counted(instances, (it) => it.still_owed),
    broken: counted(instances, (it) => it.state === 'broken' || it.state === 'late'),
  });
  const error = timeline.error ?? promised.error;
  return (
    <section
      className="sheet history"
      aria-labelledby="timeline"
      aria-busy={timeline.isLoading || promised.isLoading}
    >
      <div className="sheet-head">
        <h2 id="timeline">{w('customer.timeline')}</h2>
      </div>
      {error && (
        <ProblemPanel error={error} retry={() => void (timeline.error ? timeline : promised).refetch()} />
      )}
      <Filters view={view} change={change} channels={channels} matters={card.matters} />
      {all.length > 0 && (
        <AsOf
          first={dayOf(firstTime)}
          today={today}
          day={asOf}
          choose={(day) => change({ as_of: day })}
          said={said}
        />
      )}
      <SpanChart lanes={lanes} rows={rows} from={from} to={to} now={now} />
      {rows.length > 0 && <SpanTable rows={rows} />}
      <h3 className="history-part">{w('history.events')}</h3>
      <EventList events={events} loadMore={loadMore} />
      {timeline.data && (
        <p className="faint small events-end">
          {timeline.hasNextPage
            ? w('customer.timeline.more')
            : w(events.length === 0 ? 'customer.timeline.none' : 'customer.timeline.end')}
        </p>
      )}
    </section>
  );
}
