import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { Asked } from '../../parts/Asked';
import { useDefinitions } from '../../parts/definitions';
import { StateMark } from '../../parts/StateMark';
import { useTimes } from '../../parts/times';
import { useLastDone, useOwed } from './reading';

/** When one last tried it and met a customer, and which answers one owes. */
export function Yourself() {
  const w = useWords();
  const { day, ago } = useTimes();
  const tried = useLastDone('walk', 'done', 'tried_at');
  const met = useLastDone('meeting', 'held', 'held_at');
  const when = (time: string) =>
    time ? (
      `${day(time)} (${ago(time, Date.now())})`
    ) : (
      <span className="past">{w('know.yourself.never')}</span>
    );
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
        <dd>
          <Asked query={tried} height={24}>
            {when}
          </Asked>
        </dd>
        <dt>{w('know.yourself.met')}</dt>
        <dd>
          <Asked query={met} height={24}>
            {when}
          </Asked>
        </dd>
      </dl>
    </section>
  );
}

export function Owed() {
  const w = useWords();
  const { definitions } = useDefinitions();
  const { day } = useTimes();
  const owed = useOwed();
  return (
    <section className="sheet" aria-labelledby="owed">
      <div className="sheet-head">
        <h2 id="owed">{w('know.owed')}</h2>
      </div>
      <Asked query={owed}>
        {(data) =>
          data.length === 0 ? (
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
          )
        }
      </Asked>
    </section>
  );
}
