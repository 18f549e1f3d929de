import { useQuery } from '@tanstack/react-query';
import { listSources, type Source } from '../../api/administration';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useTimes } from '../../parts/times';

/** Longer than this a source that sends by itself should not be silent. */
const LONG_SILENCE_MS = 24 * 3_600_000;

/** A source that sends by itself, and what it last vouched for lies more than a day back. */
export const isSilent = (source: Source, now: number) =>
  source.is_live &&
  source.complete_through !== null &&
  now - Date.parse(source.complete_through) > LONG_SILENCE_MS;

export const useSources = (isAsked: boolean) =>
  useQuery({
    queryKey: ['sources'],
    queryFn: listSources,
    select: (it) => it.sources,
    refetchInterval: 30_000,
    enabled: isAsked,
  });

/** How far each source is complete, the one longest silent first. */
export function Freshness() {
  const w = useWords();
  const { moment, ago } = useTimes();
  const { data, error } = useSources(true);
  if (error) return <ProblemPanel error={error} />;
  if (!data || data.length === 0) return null;
  const now = Date.now();
  const said = (it: Source) => it.complete_through ?? '';
  const rows = [...data].sort((a, b) => said(a).localeCompare(said(b)));
  const columns: Column<Source>[] = [
    { id: 'source', title: w('sources.source'), value: (it) => it.name, cell: (it) => it.name },
    {
      id: 'kind',
      title: w('sources.kind'),
      isWideOnly: true,
      value: (it) => w(it.is_live ? 'sources.live' : 'sources.file'),
      cell: (it) => w(it.is_live ? 'sources.live' : 'sources.file'),
    },
    {
      id: 'fresh',
      title: w('sources.fresh'),
      value: (it) => it.complete_through,
      cell: (it) => (it.complete_through ? moment(it.complete_through) : w('sources.nothing')),
    },
    {
      id: 'ago',
      title: w('health.silent-for'),
      value: (it) => it.complete_through,
      cell: (it) => (it.complete_through ? ago(it.complete_through, now) : '–'),
      look: (it) => (isSilent(it, now) ? 'past' : ''),
    },
  ];
  return (
    <section className="sheet" aria-labelledby="freshness">
      <div className="sheet-head">
        <div>
          <h2 id="freshness">{w('health.sources')}</h2>
          <p className="small faint">
            {w('health.sources.text')} <Go to="/sources">{w('sources.page')}</Go>
          </p>
        </div>
        <TableCsv columns={columns} rows={rows} />
      </div>
      <Table label={w('health.sources')} columns={columns} rows={rows} keyOf={(it) => it.name} />
    </section>
  );
}
