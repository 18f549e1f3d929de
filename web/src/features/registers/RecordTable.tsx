import type { Definition, RegisterLine } from '../../api/registers';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { StateMark } from '../../parts/StateMark';
import { useTimes } from '../../parts/times';

/** The lines of a register: what, how it stands, by when, whose. */
export function RecordTable({
  definition,
  records,
  isOfOneUnit,
}: {
  definition: Definition | undefined;
  records: RegisterLine[];
  isOfOneUnit?: boolean;
}) {
  const w = useWords();
  const unit = useUnitName();
  const { day } = useTimes();
  const hasUnit = !isOfOneUnit && records.some((it) => it.unit);
  const hasDue = records.some((it) => it.due);
  return (
    <div className="table-wrap">
      <table className="list record-list">
        <thead>
          <tr>
            <th>{w('register.what')}</th>
            <th>{w('register.state')}</th>
            {hasDue && <th>{w('register.due')}</th>}
            {hasUnit && <th className="wide-only">{w('promises.unit')}</th>}
          </tr>
        </thead>
        <tbody>
          {records.map((it) => (
            <tr key={it.id}>
              <td>
                <Go to={`/records/${it.id}`} className="record-title">
                  {it.title ?? it.id}
                </Go>
              </td>
              <td>
                <StateMark definition={definition} state={it.state} isOverdue={it.overdue} />
              </td>
              {hasDue && <td className={it.overdue ? 'past' : 'tabular'}>{it.due ? day(it.due) : '–'}</td>}
              {hasUnit && <td className="wide-only">{unit(it.unit)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
