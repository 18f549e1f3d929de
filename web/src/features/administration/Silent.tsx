import { useQuery } from '@tanstack/react-query';
import { readFreshness, type Source } from '../../api/administration';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useTimes } from '../../parts/times';
import { sources } from '../sources/page';
import { useSourceColumns } from '../sources/SourceTable';

/** Longer than this a source that sends by itself should not be silent. */
const LONG_SILENCE_MS = 24 * 3_600_000;

/** A source that tells by heartbeats how far it is complete, and has told nothing new for more than a day. Of one without
 *  heartbeats nobody can say it: its horizon stands still, or goes with the clock, whatever it sends. */
export const isSilent = (source: Source, now: number) =>
  source.heartbeat_through !== null &&
  source.lag_s === null &&
  now - Date.parse(source.complete_through ?? source.heartbeat_through) > LONG_SILENCE_MS;

export const useFreshness = () =>
  useQuery({
    queryKey: ['state', 'sources'],
    queryFn: readFreshness,
    select: (it) => it.sources,
    refetchInterval: 30_000,
  });

/** How far each source is complete: of those that send by themselves the one longest silent first. */
export function Freshness() {
  const w = useWords();
  const may = useMay();
  const named = useSourceColumns();
  const { moment, ago } = useTimes();
  const { data, error } = useFreshness();
  if (error) return <ProblemPanel error={error} />;
  if (!data || data.length === 0) return null;
  const now = Date.now();
  // Those that send by themselves first: of a file nobody expects more.
  const order = (it: Source) => `${it.is_live ? 0 : 1}${it.complete_through ?? ''}`;
  const rows = [...data].sort((a, b) => order(a).localeCompare(order(b)));
  const columns: Column<Source>[] = [
    ...named,
    {
      id: 'fresh',
      title: w('sources.fresh'),
      isWideOnly: true,
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
            {w('health.sources.text')} {may(sources.needs) && <Go to={sources.path}>{w('sources.page')}</Go>}
          </p>
        </div>
        <TableCsv columns={columns} rows={rows} />
      </div>
      <Table label={w('health.sources')} columns={columns} rows={rows} keyOf={(it) => it.name} />
    </section>
  );
}
