import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readState, type ServerState } from '../../api/administration';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useFigures } from '../../parts/times';

const NOW = ['customers', 'instances', 'deadlines', 'waiting_rejects'] as const;
const SINCE = ['events', 'duplicates', 'refused', 'changes'] as const;
const BEHIND = ['waiting_events', 'uncommitted_events', 'queued_bytes'] as const;

function Group({
  title,
  names,
  state,
}: {
  title: string;
  names: readonly (keyof ServerState)[];
  state: ServerState;
}) {
  const w = useWords();
  const { count } = useFigures();
  return (
    <section className="sheet" aria-label={title}>
      <div className="sheet-head">
        <h2>{title}</h2>
      </div>
      <dl className="figures">
        {names.map((it) => (
          <div key={it}>
            <dt>{w(`health.${it}` as 'health.events')}</dt>
            <dd className="figure-2">{count(Number(state[it]))}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** How far the server is, asked again every few seconds. */
export function Health() {
  const w = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['state'],
    queryFn: readState,
    refetchInterval: 5_000,
  });
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} aria-busy="true" />;
  return (
    <div className="stack">
      <section className={data.failure ? 'problem' : 'sheet health-ok'}>
        <h2>{w(data.failure ? 'health.failed' : 'health.ok')}</h2>
        {data.failure && <p>{data.failure}</p>}
      </section>
      <Group title={w('now.live')} names={NOW} state={data} />
      <Group title={w('health.text')} names={SINCE} state={data} />
      <Group title={w('health.behind')} names={BEHIND} state={data} />
    </div>
  );
}
