import { useMay } from '../../api/session';
import type { Change, Connection } from '../../api/stream';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';
import { Verdict } from '../../parts/Verdict';
import { useLive } from './reading';

const KEPT = 30;

function OneChange({ change }: { change: Change }) {
  const w = useWords();
  const may = useMay();
  const unit = useUnitName();
  const { clock, moment } = useTimes();
  return (
    <li>
      <span className="tabular faint small">{clock(change.at)}</span>
      <div>
        <p>
          {change.kind === 'warning'
            ? w('now.live.warning', { title: change.title, due: change.due ? moment(change.due) : '' })
            : change.title}
        </p>
        <p className="small faint">
          {unit(change.unit)}
          {change.customer && ' · '}
          {change.customer &&
            (may('card.read') ? (
              <Go to={`/customer/${change.customer}`}>{change.customer}</Go>
            ) : (
              change.customer
            ))}
        </p>
      </div>
      {change.after && change.kind === 'verdict' && <Verdict verdict={change.after} />}
    </li>
  );
}

export function LiveState({ connection }: { connection: Connection }) {
  const w = useWords();
  return (
    <span className={`live-state ${connection}`} role="status">
      {connection === 'live' ? w('now.live.on') : connection === 'away' ? w('now.live.away') : ''}
    </span>
  );
}

/** Every change of a status in the moment it happens. */
export function Live() {
  const w = useWords();
  const { changes, connection } = useLive(KEPT);
  return (
    <section className="sheet live" aria-labelledby="live">
      <div className="sheet-head">
        <h2 id="live">{w('now.live')}</h2>
        <LiveState connection={connection} />
      </div>
      {changes.length === 0 ? (
        <p className="faint">{w('now.live.none')}</p>
      ) : (
        <ul className="changes">
          {changes.map((it) => (
            <OneChange key={`${it.instance}${it.at}${it.after}${it.kind}`} change={it} />
          ))}
        </ul>
      )}
    </section>
  );
}
