import type { Due, NearDue } from '../../api/overview';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { CsvButton } from '../../parts/CsvButton';
import { EmptyState } from '../../parts/EmptyState';
import { TableWrap } from '../../parts/TableWrap';
import { useTimes } from '../../parts/times';
import { Verdict } from '../../parts/Verdict';
import { DAY_MS } from '../../parts/zone';
import { ADD_RECIPIENT } from '../units/recipient';
import { useDue } from './reading';

export const HOURS = [24, 72, 168] as const;
export const LISTED = 60;
const SHOWN = 10;
/** What is promised to nobody in particular: its customer is the organisation itself. */
export const ORGANISATION = 'organisation';

/** The instant that time left is counted from, where it is not now: sources that are files reach no further. */
export function countedFrom(due: Due): string | undefined {
  const clocks = due.due.map((it) => Date.parse(it.due) - it.left_s * 1_000);
  const earliest = Math.min(...clocks);
  return Date.parse(due.as_of) - earliest > DAY_MS && clocks.length > 0
    ? new Date(earliest).toISOString()
    : undefined;
}

export function hoursOf(text: string | undefined): number {
  return HOURS.find((it) => String(it) === text) ?? 72;
}

/** Who is told, by name where that may be known. */
export function useTold() {
  const w = useWords();
  return (due: Due, unit: string | null) => {
    const of = due.units.find((it) => it.unit === unit);
    if (!of || of.recipients === 0) return w('now.due.nobody');
    return of.names?.length ? of.names.join(', ') : w('now.due.recipients', { n: of.recipients });
  };
}

function Row({ it, due }: { it: NearDue; due: Due }) {
  const w = useWords();
  const may = useMay();
  const unit = useUnitName();
  const told = useTold();
  const { moment, lasting } = useTimes();
  const of = due.units.find((one) => one.unit === it.unit);
  const isNobody = (of?.recipients ?? 0) === 0;
  return (
    <tr>
      <td className="tabular due-left">
        {it.state === 'overdue' ? <Verdict verdict="overdue" /> : <b>{lasting(it.left_s)}</b>}
        <span className="small faint under">{moment(it.due)}</span>
      </td>
      <td>
        <Go to={`/promises/${it.promise}`} view={{ verdict: it.state }} className="promise-link">
          {it.title}
        </Go>
        {it.customer !== ORGANISATION && (
          <span className="small faint under">
            {may('card.read') ? (
              <Go to={`/customer/${it.customer}`}>{w('now.due.customer', { name: it.customer })}</Go>
            ) : (
              w('now.due.customer', { name: it.customer })
            )}
          </span>
        )}
      </td>
      <td>{unit(it.unit)}</td>
      <td className="wide-only">
        <span className={isNobody ? 'past' : ''}>{told(due, it.unit)}</span>
        {isNobody && it.unit && of?.names && (
          <span className="small under">
            <Go to={`/units/${encodeURIComponent(it.unit)}`} view={ADD_RECIPIENT}>
              {w('now.due.add')}
            </Go>
          </span>
        )}
        {it.warned && !isNobody && <span className="small faint under">{w('now.due.warned')}</span>}
      </td>
    </tr>
  );
}

/** What is about to break, whose it is to keep, and who is told: there is still time to act. */
export function DueSoon() {
  const w = useWords();
  const unit = useUnitName();
  const told = useTold();
  const { day } = useTimes();
  const [view, change] = useView();
  const hours = hoursOf(view.hours);
  const { data, isLoading } = useDue(hours, LISTED);
  const near = data?.units.reduce((sum, it) => sum + it.near, 0) ?? 0;
  const from = data && countedFrom(data);
  const overdue = data?.units.reduce((sum, it) => sum + it.overdue, 0) ?? 0;
  const rows = view.due === 'all' ? (data?.due ?? []) : (data?.due ?? []).slice(0, SHOWN);
  const csv = () => [
    [w('promise.due'), w('promises.promise'), w('promise.customer'), w('promises.unit'), w('now.due.told')],
    ...(data?.due ?? []).map((it) => [
      it.due,
      it.title,
      it.customer,
      unit(it.unit),
      data ? told(data, it.unit) : '',
    ]),
  ];
  return (
    <section className="sheet" aria-labelledby="due" aria-busy={isLoading}>
      <div className="sheet-head">
        <div>
          <h2 id="due">{w('now.due')}</h2>
          <p className="small faint">
            {w('now.due.text', { near, overdue })} {from && w('now.due.from', { when: day(from) })}
          </p>
        </div>
        <div className="row">
          <fieldset className="switch">
            <legend className="unseen">{w('now.due.within')}</legend>
            {HOURS.map((it) => (
              <button
                key={it}
                type="button"
                aria-pressed={hours === it}
                onClick={() => change({ hours: it === 72 ? undefined : String(it) })}
              >
                {w('now.due.days', { n: it / 24 })}
              </button>
            ))}
          </fieldset>
          <CsvButton rows={csv} />
        </div>
      </div>
      {data && rows.length === 0 && <EmptyState title={w('now.due.none')} text={w('now.due.none.text')} />}
      {data && rows.length > 0 && (
        <TableWrap label={w('now.due')}>
          <table className="list due">
            <thead>
              <tr>
                <th>{w('now.due.left')}</th>
                <th>{w('promises.promise')}</th>
                <th>{w('promises.unit')}</th>
                <th className="wide-only">{w('now.due.told')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((it) => (
                <Row key={it.promise + it.customer + it.due} it={it} due={data} />
              ))}
            </tbody>
          </table>
        </TableWrap>
      )}
      {data && data.due.length > SHOWN && (
        <button
          type="button"
          className="quiet small"
          onClick={() => change({ due: view.due === 'all' ? undefined : 'all' })}
        >
          {view.due === 'all' ? w('now.fewer') : w('now.due.all', { n: data.due.length })}
        </button>
      )}
    </section>
  );
}
