import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { Causes, NearDue } from '../../api/overview';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { useCauses } from '../../parts/causes';
import { useGapByMonth, useWeights } from '../../parts/gaps';
import { lastFullMonth, monthsOf } from '../../parts/months';
import { useFigures, useTimes } from '../../parts/times';
import { hoursOf, ORGANISATION, useTold } from './DueSoon';
import { answersOf, together } from './FeltNow';
import { LiveState } from './Live';
import { useDue, useLive } from './reading';
import './wall.css';

const MINUTE_MS = 60_000;
const LINES = 3;
const READ = 60;

function useReadAnew(): number {
  const client = useQueryClient();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    let minutes = 0;
    const timer = setInterval(() => {
      setNow(Date.now());
      minutes += 1;
      if (minutes % 5 !== 0) return;
      void client.invalidateQueries({ queryKey: ['gap'] });
      void client.invalidateQueries({ queryKey: ['causes'] });
    }, MINUTE_MS);
    return () => clearInterval(timer);
  }, [client]);
  return now;
}

// ?turn=30: one part after the other, that many seconds each. Nothing turns unless it is asked for.
function useTurn(parts: number): number | undefined {
  const [view] = useView();
  const seconds = Math.min(3_600, Math.max(5, Number(view.turn)));
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (!view.turn || Number.isNaN(seconds)) return;
    const timer = setInterval(() => setAt((it) => it + 1), seconds * 1_000);
    return () => clearInterval(timer);
  }, [view.turn, seconds]);
  return view.turn && !Number.isNaN(seconds) ? at % parts : undefined;
}

function Figure(props: { name: string; value: string; look?: string | undefined; under: string }) {
  return (
    <div className="wall-figure">
      <dt>{props.name}</dt>
      <dd className={`wall-value ${props.look ?? ''}`}>{props.value}</dd>
      <dd className="wall-under">{props.under}</dd>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="wall-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface Group {
  first: NearDue;
  of: number;
}

// Several customers wait for the same: that is one line, with the one who has least time left.
function grouped(due: NearDue[]): Group[] {
  const groups = new Map<string, Group>();
  for (const it of due) {
    const key = `${it.promise}/${it.state}`;
    const group = groups.get(key);
    if (group) group.of += 1;
    else groups.set(key, { first: it, of: 1 });
  }
  return [...groups.values()];
}

function DuePart() {
  const w = useWords();
  const unit = useUnitName();
  const told = useTold();
  const { lasting } = useTimes();
  const [view] = useView();
  const { data } = useDue(hoursOf(view.hours), READ);
  if (!data) return null;
  const near = data.units.reduce((sum, it) => sum + it.near, 0);
  const overdue = data.units.reduce((sum, it) => sum + it.overdue, 0);
  return (
    <Part title={w('now.due')}>
      <p className="wall-under">{w('now.due.text', { near, overdue })}</p>
      <ul className="wall-lines">
        {grouped(data.due)
          .slice(0, LINES)
          .map(({ first, of }) => (
            <li key={first.promise + first.state}>
              <b className={first.state === 'overdue' ? 'late-word' : ''}>
                {first.state === 'overdue' ? w('wall.overdue') : lasting(first.left_s)}
              </b>
              <span>
                {first.title}
                <span className="wall-under">
                  {unit(first.unit)} ·{' '}
                  {first.customer !== ORGANISATION && `${w('units.caused.of', { n: of })} · `}
                  {data.units.find((it) => it.unit === first.unit)?.recipients
                    ? told(data, first.unit)
                    : w('wall.nobody')}
                </span>
              </span>
            </li>
          ))}
      </ul>
    </Part>
  );
}

function ChainsPart({ causes }: { causes: Causes }) {
  const w = useWords();
  const term = useTerm();
  return (
    <Part title={w('now.chains')}>
      <p className="wall-under">{w('now.chains.text', { n: causes.chains.going_on })}</p>
      <ul className="wall-lines">
        {causes.chains.longest.slice(0, 2).map((it) => (
          <li key={it.customer + it.matter}>
            <b className={it.contacts >= 4 ? 'broken-word' : ''}>{w('wall.contacts', { n: it.contacts })}</b>
            <span>
              {term('reason', it.reason)}
              <span className="wall-under">{it.title ?? w('now.chains.no-cause')}</span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function PlacesPart({ causes }: { causes: Causes }) {
  const w = useWords();
  const unit = useUnitName();
  return (
    <Part title={w('now.places')}>
      <ul className="wall-lines">
        {causes.places.slice(0, 2).map((it) => (
          <li key={`${it.unit}/${it.touchpoint}`}>
            <b>{unit(it.unit)}</b>
            <span>
              {w('now.places.let-down', { n: it.customers })}
              <span className="wall-under">{w('now.places.contacts', { n: it.contacts })}</span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** What everybody in the room should see: read from five metres, without a hand on it. */
export default function Wall() {
  const w = useWords();
  const may = useMay();
  const { percent, points } = useFigures();
  const { month, clock, day } = useTimes();
  const now = useReadAnew();
  const { connection } = useLive(1);
  const gap = useGapByMonth();
  const weights = useWeights();
  const shown = gap.data ? lastFullMonth(monthsOf(gap.data, weights)) : undefined;
  const causes = useCauses(shown?.from, shown?.to);
  const felt = causes.data && together(causes.data.felt);
  const n = felt ? answersOf(felt) : 0;
  const it = shown?.weighed;
  const parts = [
    ...(may('stream.read') ? [<DuePart key="due" />] : []),
    ...(causes.data
      ? [
          <div key="caused" className="wall-column">
            <ChainsPart causes={causes.data} />
            {causes.data.places.length > 0 && <PlacesPart causes={causes.data} />}
          </div>,
        ]
      : []),
  ];
  const at = useTurn(Math.max(parts.length, 1));
  return (
    <div className="wall-now">
      <header className="wall-head">
        <h1>
          {w('now.page')}
          {shown && <span className="wall-under"> {month(shown.from)}</span>}
        </h1>
        <p className="wall-under">
          <LiveState connection={connection} />{' '}
          <time className="tabular">{clock(new Date(now).toISOString())}</time>
        </p>
      </header>
      <dl className="wall-figures">
        <Figure name={w('now.promised')} value={percent(it?.promised)} under={w('wall.promised')} />
        <Figure
          name={w('now.delivered')}
          value={percent(it?.delivered)}
          look="accent-word"
          under={w('wall.delivered')}
        />
        <Figure
          name={w('now.gap')}
          value={it ? points(it.gap).replace('+', '') : '–'}
          look={it && it.gap > 0 ? 'broken-word' : undefined}
          under={w('now.gap.text')}
        />
        <Figure
          name={w('now.felt')}
          value={felt && n > 0 ? percent(felt.unhappy / n) : '–'}
          under={n > 0 ? w('wall.felt', { n }) : ''}
        />
      </dl>
      <div className={at === undefined ? 'wall-parts' : 'wall-parts alone'}>
        {at === undefined ? parts : parts[at]}
      </div>
      {gap.data?.complete_through && (
        <p className="wall-under">{w('now.complete', { when: day(gap.data.complete_through) })}</p>
      )}
    </div>
  );
}
