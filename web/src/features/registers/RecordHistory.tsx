import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Definition, readHistory } from '../../api/registers';
import { useTerm } from '../../frame/language';
import { useNamed } from '../../parts/definitions';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { StateMark } from '../../parts/StateMark';
import { useTimes } from '../../parts/times';

/** Every change, newest first: when, who, what, and the reason given. */
export function RecordHistory({ definition, id }: { definition: Definition; id: string }) {
  const term = useTerm();
  const named = useNamed();
  const { moment } = useTimes();
  const { data, error } = useQuery({
    queryKey: ['records', 'history', id],
    queryFn: () => readHistory(id),
  });
  if (error) return <ProblemPanel error={error} />;
  if (!data) return <Skeleton height={80} aria-busy="true" />;
  const name = (field: string) => named(definition.fields.find((it) => it.id === field)?.name);
  return (
    <ol className="history">
      {data.changes.map((it) => (
        <li key={it.version}>
          <p className="row">
            <span className="small faint tabular">{moment(it.at)}</span>
            <span>
              {it.by?.name ?? it.by?.id ?? ''} {term('action', it.action)}
            </span>
            {it.to_state && it.to_state !== it.from_state && (
              <StateMark definition={definition} state={it.to_state} />
            )}
          </p>
          {it.comment && <p className="as-written">{it.comment}</p>}
          {['changed', 'undone'].includes(it.action) && (
            <p className="small faint">
              {it.changes
                .map((change) => name(change.field))
                .filter((text) => text)
                .join(', ')}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
