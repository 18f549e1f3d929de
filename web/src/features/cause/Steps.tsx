import { type ReactNode, useEffect, useRef } from 'react';
import { useIntl } from 'react-intl';
import type { Cause } from '../../api/customers';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { useShortcuts } from '../../frame/shortcuts';
import { useTimes } from '../../parts/times';
import { Verdict } from '../../parts/Verdict';
import { Owed } from './Owed';
import { type Reading, readingOf } from './reading';

interface Screen {
  head: string;
  big?: ReactNode;
  text: ReactNode;
}

function useScreens(reading: Reading): Screen[] {
  const w = useWords();
  const term = useTerm();
  const intl = useIntl();
  const unitName = useUnitName();
  const { moment } = useTimes();
  const { contact, promise, brokenBy, unit, others } = reading;
  const first: Screen = {
    head: w('cause.1'),
    text: (
      <>
        <p>
          {w('cause.1.text', {
            when: contact.time ? moment(contact.time) : '–',
            channel: term('channel', contact.channel),
            reason: term('reason', contact.reason),
          })}
        </p>
        {contact.unit && <p>{w('cause.1.answered', { unit: unitName(contact.unit) })}</p>}
      </>
    ),
  };
  if (!promise) return [first, { head: w('cause.alone'), text: <p>{w('cause.alone.text')}</p> }];
  const screens: Screen[] = [
    first,
    {
      head: w('cause.2'),
      big: w('quoted', { text: promise.title }),
      text: (
        <>
          {promise.activation?.time && (
            <p>
              {w('cause.2.since', {
                when: moment(promise.activation.time),
                what: term('event', promise.activation.type).toLowerCase(),
              })}
            </p>
          )}
          {promise.due && <p>{w('cause.2.due', { when: moment(promise.due) })}</p>}
        </>
      ),
    },
  ];
  if (brokenBy) {
    const failed = brokenBy.failed ? moment(brokenBy.failed) : '–';
    const head = { late: 'cause.3.late', overdue: 'cause.3.overdue' } as const;
    screens.push({
      head: w(promise.state === 'late' || promise.state === 'overdue' ? head[promise.state] : 'cause.3'),
      big: <Verdict verdict={promise.state} />,
      text: (
        <p>
          {brokenBy.isDuePassed || !brokenBy.event
            ? w('cause.3.due-passed', { when: failed })
            : w('cause.3.event', { when: failed, what: term('event', brokenBy.event.type).toLowerCase() })}
        </p>
      ),
    });
  }
  if (unit) {
    screens.push({
      head: w('cause.4'),
      big: unitName(unit),
      text: <p>{w('cause.4.text', { unit: unitName(unit) })}</p>,
    });
  }
  if (others) {
    const month = others.month
      ? intl.formatDate(`${others.month}-15T12:00:00Z`, { month: 'long', year: 'numeric' })
      : '–';
    screens.push({
      head: w('cause.5'),
      big: others.customers === null ? undefined : w('cause.5.count', { n: others.customers }),
      text: (
        <>
          <p>{others.customers === null ? w('cause.5.unknown') : w('cause.5.text', { month })}</p>
          {others.contacts !== null && (
            <p>
              <b>{w('cause.5.contacts', { n: others.contacts, month })}</b>
            </p>
          )}
        </>
      ),
    });
  }
  if (unit) {
    screens.push({
      head: w('cause.6'),
      text: <Owed promise={promise} unit={unit} />,
    });
  }
  return screens;
}

/** One step at a time, large enough for a wall; arrows lead on. */
export function Steps({ cause }: { cause: Cause }) {
  const w = useWords();
  const may = useMay();
  const [view, change] = useView();
  const reading = readingOf(cause);
  const screens = useScreens(reading);
  const of = screens.length;
  const n = Math.min(Math.max(Number.parseInt(view.step ?? '1', 10) || 1, 1), of);
  const head = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  const to = (step: number) => {
    if (step >= 1 && step <= of) change({ step: step === 1 ? undefined : String(step) });
  };
  useShortcuts({ arrowright: () => to(n + 1), arrowleft: () => to(n - 1) });
  // Why: each step is read out as it comes
  useEffect(() => {
    if (!isFirst.current) head.current?.focus();
    isFirst.current = false;
  }, [n]);
  const screen = screens[n - 1];
  if (!screen) return null;
  return (
    <article className="cause">
      <header className="cause-head">
        <p className="cause-name">{w('cause.page')}</p>
        <ol className="cause-dots" aria-label={w('cause.step', { n, of })}>
          {screens.map((it, i) => (
            <li key={it.head}>
              <button
                type="button"
                aria-current={i + 1 === n ? 'step' : undefined}
                aria-label={`${i + 1}. ${it.head}`}
                onClick={() => to(i + 1)}
              />
            </li>
          ))}
        </ol>
      </header>
      <section className="cause-sheet">
        <p className="cause-step tabular">{w('cause.step', { n, of })}</p>
        <h1 ref={head} tabIndex={-1}>
          {screen.head}
        </h1>
        {screen.big && <div className="cause-big">{screen.big}</div>}
        <div className="cause-text">{screen.text}</div>
      </section>
      <footer className="cause-foot no-print">
        <button type="button" className="action" disabled={n === 1} onClick={() => to(n - 1)}>
          {w('cause.back')}
        </button>
        <span className="row small">
          {cause.customer && may('card.read') && (
            <Go to={`/customer/${cause.customer}`}>{w('cause.customer')}</Go>
          )}
          {reading.promise && <Go to={`/promises/${reading.promise.id}`}>{w('cause.promise')}</Go>}
        </span>
        <button type="button" className="action forward" disabled={n === of} onClick={() => to(n + 1)}>
          {w('cause.next')}
        </button>
      </footer>
    </article>
  );
}
