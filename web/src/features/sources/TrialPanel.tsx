import type { Trial, TriedEvent } from '../../api/imports';
import { useTerm, useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useFigures, useTimes } from '../../parts/times';

const SHOWN = 8;

const whoOf = (event: TriedEvent) => (event.subject ?? []).map((it) => it.value).join(', ');
const restOf = (event: TriedEvent) =>
  Object.entries({ ...event.keys, ...event.data })
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(' · ');

function FirstEvents({ events }: { events: TriedEvent[] }) {
  const w = useWords();
  const term = useTerm();
  const { moment } = useTimes();
  return (
    <ol className="tried" aria-label={w('import.first-events')}>
      {events.map((it, i) => (
        <li key={`${it.time} ${i}`}>
          <p>
            <span className="tabular nobreak">{moment(it.time)}</span> <b>{term('event', it.type)}</b>
          </p>
          <p className="small tried-line">{whoOf(it) || w('import.nobody')}</p>
          <p className="small faint tried-line">{restOf(it)}</p>
        </li>
      ))}
    </ol>
  );
}

function Rejected({ trial }: { trial: Trial }) {
  const w = useWords();
  const { count } = useFigures();
  if (trial.rejected === 0) return null;
  return (
    <div className="tried-rejects">
      <h3>{w('import.rejected', { n: trial.rejected, count: count(trial.rejected) })}</h3>
      <ul className="diagnostics-list">
        {trial.rejects.slice(0, 6).map((it) => (
          <li key={it.record}>
            <b>
              {it.line > 0 ? w('import.line', { line: it.line }) : w('import.record', { record: it.record })}
              {it.column && ` · ${it.column}`}
            </b>{' '}
            {it.reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What would become of the file. */
export function TrialPanel(props: { trial: Trial | undefined; error: Error | null; isTrying: boolean }) {
  const w = useWords();
  const { count } = useFigures();
  const { day } = useTimes();
  const { trial } = props;
  return (
    <section className="sheet stack" aria-labelledby="trial" aria-busy={props.isTrying}>
      <div className="sheet-head">
        <h2 id="trial">{w('import.trial')}</h2>
        <span className="faint small">{props.isTrying ? w('import.trying') : w('import.trial.text')}</span>
      </div>
      {props.error && <ProblemPanel error={props.error} />}
      {trial && !props.error && (
        <>
          <p role="status">
            <b>
              {w('import.gives', {
                n: trial.events,
                events: count(trial.events),
                customers: count(trial.customers),
                people: trial.customers,
              })}
            </b>
            {trial.first_time && trial.last_time && (
              <> {w('import.between', { from: day(trial.first_time), to: day(trial.last_time) })}</>
            )}
          </p>
          {!trial.whole && (
            <p className="small faint">{w('import.not-whole', { n: count(trial.records) })}</p>
          )}
          {trial.events > 0 && trial.customers === 0 && <p className="past">{w('import.no-customer')}</p>}
          {trial.types.length > 1 && (
            <p className="small faint tried-types">
              {trial.types
                .toSorted((a, b) => b.events - a.events)
                .slice(0, 12)
                .map((it) => `${it.type} ${count(it.events)}`)
                .join(' · ')}
            </p>
          )}
          {trial.first.length > 0 && <FirstEvents events={trial.first.slice(0, SHOWN)} />}
          {trial.without_event > 0 && (
            <p className="small faint">{w('import.without-event', { n: count(trial.without_event) })}</p>
          )}
          {trial.warnings.map((it) => (
            <p key={it.text + it.detail} className="small faint">
              {it.text} {it.detail && `(${it.detail})`} {it.count > 1 && `× ${count(it.count)}`}
            </p>
          ))}
          <Rejected trial={trial} />
        </>
      )}
    </section>
  );
}
