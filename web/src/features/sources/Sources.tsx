import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listSources } from '../../api/administration';
import { useWords } from '../../frame/language';
import { EmptyState } from '../../parts/EmptyState';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { Rejects } from './Rejects';
import { SourceTable } from './SourceTable';
import './sources.css';

const EXAMPLE = `curl -H "Authorization: Bearer hs_…" ${window.location.origin}/v1/events -d '
{"id": "1", "type": "order.placed", "time": "2026-11-21T10:00:00+01:00",
 "subject": [{"type": "email", "value": "a@example.se"}],
 "keys": {"order": "A-1001"}}'`;

/** What comes in, how fresh and how complete; what could not be used, mended and sent again. */
export default function Sources() {
  const w = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['sources'],
    queryFn: listSources,
    refetchInterval: 30_000,
  });
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('sources.page')}</h1>
          <p>{w('sources.text')}</p>
        </div>
      </header>
      <div className="stack sources">
        {error && <ProblemPanel error={error} retry={() => void refetch()} />}
        {!data && !error && <Skeleton height={320} aria-busy="true" />}
        {data?.sources.length === 0 && (
          <section className="sheet">
            <EmptyState title={w('sources.none')} text={w('sources.none.text')} />
          </section>
        )}
        {data && data.sources.length > 0 && <SourceTable sources={data.sources} />}
        <Rejects />
        <section className="sheet" aria-labelledby="connect">
          <div className="sheet-head">
            <h2 id="connect">{w('sources.connect')}</h2>
          </div>
          <p className="small faint">{w('sources.connect.text')}</p>
          <pre className="sent">{EXAMPLE}</pre>
        </section>
      </div>
    </>
  );
}
