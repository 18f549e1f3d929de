import { useQuery } from '@tanstack/react-query';
import { type Import, listImports } from '../../api/imports';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures, useTimes } from '../../parts/times';
import { RejectedCount } from './RejectedCount';
import { useTakeOut } from './takeOut';

function TakeOut({ of }: { of: Import }) {
  const w = useWords();
  const { day } = useTimes();
  const takeOut = useTakeOut();
  if (of.removed) return <span className="faint">{w('import.taken-out', { when: day(of.removed) })}</span>;
  return (
    <>
      <button
        type="button"
        className="quiet"
        disabled={takeOut.isPending}
        aria-label={`${w('import.take-out')}: ${of.file}`}
        onClick={() => takeOut.mutate(of)}
      >
        {w('import.take-out')}
      </button>
      {takeOut.error && <ProblemPanel error={takeOut.error} />}
    </>
  );
}

function useColumns(): Column<Import>[] {
  const w = useWords();
  const { count } = useFigures();
  const { moment, day } = useTimes();
  const span = (it: Import) =>
    it.first_event && it.last_event ? `${day(it.first_event)} – ${day(it.last_event)}` : '–';
  return [
    {
      id: 'file',
      title: w('import.column.file'),
      value: (it) => it.file,
      cell: (it) => (
        <>
          <span className="source-name">{it.file}</span> <span className="small faint">{it.source}</span>
        </>
      ),
    },
    {
      id: 'when',
      title: w('import.column.when'),
      isWideOnly: true,
      value: (it) => it.finished,
      cell: (it) => moment(it.finished),
    },
    {
      id: 'events',
      title: w('import.events'),
      isNumber: true,
      value: (it) => it.events,
      cell: (it) => count(it.events),
    },
    {
      id: 'rejects',
      title: w('import.rejects'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => it.rejected,
      cell: (it) => <RejectedCount of={it} />,
    },
    { id: 'span', title: w('import.column.span'), isWideOnly: true, value: span, cell: span },
    { id: 'take-out', title: w('import.take-out'), isTitleUnseen: true, cell: (it) => <TakeOut of={it} /> },
  ];
}

/** What has come in by files. */
export function ImportList() {
  const w = useWords();
  const columns = useColumns();
  const { data, error } = useQuery({ queryKey: ['imports'], queryFn: listImports });
  if (error) return <ProblemPanel error={error} />;
  if (!data || data.imports.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="imports">
      <div className="sheet-head">
        <h2 id="imports">{w('import.list')}</h2>
        <TableCsv columns={columns} rows={data.imports} />
      </div>
      <Table
        label={w('import.list')}
        columns={columns}
        rows={data.imports}
        keyOf={(it) => it.number}
        sortedBy="imports"
      />
    </section>
  );
}
