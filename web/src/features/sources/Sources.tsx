import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listSources } from '../../api/administration';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { EmptyState } from '../../parts/EmptyState';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { Connect } from './Connect';
import { Rejects } from './Rejects';
import { SourceTable } from './SourceTable';
import './sources.css';

/** What comes in, how fresh and how complete; what could not be used, mended and sent again. */
export default function Sources() {
  const w = useWords();
  const may = useMay();
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
        {may('files.import') && (
          <Go to="/sources/import" className="action">
            {w('import.title')}
          </Go>
        )}
      </header>
      <div className="stack sources">
        {error && <ProblemPanel error={error} retry={() => void refetch()} />}
        {!data && !error && <Skeleton height={320} aria-busy="true" />}
        {data?.sources.length === 0 && (
          <section className="sheet">
            <EmptyState title={w('sources.none')} text={w('sources.none.text')}>
              <Go to="/begin">{w('begin.title')}</Go>
            </EmptyState>
          </section>
        )}
        {data && data.sources.length > 0 && <SourceTable sources={data.sources} />}
        {(data || error) && (
          <>
            <Rejects />
            <section className="sheet" aria-labelledby="connect">
              <div className="sheet-head">
                <h2 id="connect">{w('sources.connect')}</h2>
              </div>
              <Connect />
            </section>
          </>
        )}
      </div>
    </>
  );
}
