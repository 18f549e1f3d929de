import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useDefinitions } from '../../parts/definitions';
import { StateMark } from '../../parts/StateMark';
import { useTimes } from '../../parts/times';
import { useLastDone, useOwed } from './reading';

/** When one last tried it and met a customer, and which answers one owes. */
export function Yourself() {
  const w = useWords();
  const { day, ago } = useTimes();
  const tried = useLastDone('walk', 'done', 'tried_at').data;
  const met = useLastDone('meeting', 'held', 'held_at').data;
  const when = (time: string | undefined) =>
    time ? `${day(time)} (${ago(time, Date.now())})` : w('know.yourself.never');
  return (
    <section className="sheet" aria-labelledby="yourself">
      <div className="sheet-head">
        <h2 id="yourself">{w('know.yourself')}</h2>
        <Go to="/try" className="link no-print">
          {w('know.yourself.plan')}
        </Go>
      </div>
      <dl className="yourself">
        <dt>{w('know.yourself.tried')}</dt>
        <dd className={tried ? '' : 'past'}>{when(tried)}</dd>
        <dt>{w('know.yourself.met')}</dt>
        <dd className={met ? '' : 'past'}>{when(met)}</dd>
      </dl>
    </section>
  );
}

export function Owed() {
  const w = useWords();
  const { definitions } = useDefinitions();
  const { day } = useTimes();
  const { data } = useOwed();
  return (
    <section className="sheet" aria-labelledby="owed">
      <div className="sheet-head">
        <h2 id="owed">{w('know.owed')}</h2>
      </div>
      {!data || data.length === 0 ? (
        <p className="faint">{w('know.owed.none')}</p>
      ) : (
        <ul className="said">
          {data.slice(0, 8).map((it) => (
            <li key={it.id}>
              <p>
                <Go to={`/records/${it.id}`} className="promise-link">
                  {it.title ?? it.id}
                </Go>
              </p>
              <p className="row small faint">
                <StateMark
                  definition={definitions.find((one) => one.id === it.register)}
                  state={it.state}
                  isOverdue={it.overdue}
                />
                {w('know.owed.since', { when: day(it.created_at) })}
                {it.due && ` · ${w('record.due', { when: day(it.due) })}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
