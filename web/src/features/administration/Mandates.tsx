import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listRecords, type RegisterLine } from '../../api/registers';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useDefinition, useNamed } from '../../parts/definitions';
import { EmptyState } from '../../parts/EmptyState';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { StateMark } from '../../parts/StateMark';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures } from '../../parts/times';

const REGISTER = 'mandate';

function useColumns(): Column<RegisterLine>[] {
  const named = useNamed();
  const unit = useUnitName();
  const { count } = useFigures();
  const w = useWords();
  const definition = useDefinition(REGISTER);
  const field = (id: string) => definition?.fields.find((it) => it.id === id);
  const title = (id: string) => named(field(id)?.name);
  const text = (it: RegisterLine, id: string) => String(it.values[id] ?? '');
  const role = (it: RegisterLine) =>
    named(field('role')?.values?.find((one) => one.id === it.values.role)?.name) || text(it, 'role');
  const limit = ({ values }: RegisterLine) =>
    typeof values.limit === 'number' ? `${count(values.limit)} ${values.limit_in ?? ''}`.trim() : '';
  return [
    {
      id: 'remedy',
      title: title('remedy'),
      value: (it) => it.title,
      cell: (it) => (
        <Go to={`/records/${it.id}`} className="record-title">
          {it.title ?? it.id}
        </Go>
      ),
    },
    { id: 'limit', title: title('limit'), value: limit, cell: (it) => limit(it) || '–' },
    {
      id: 'trouble',
      title: title('trouble'),
      value: (it) => text(it, 'trouble'),
      cell: (it) => text(it, 'trouble'),
    },
    { id: 'role', title: title('role'), value: role, cell: role },
    {
      id: 'unit',
      title: title('unit'),
      isWideOnly: true,
      value: (it) => unit(it.unit),
      cell: (it) => unit(it.unit),
    },
    {
      id: 'above',
      title: title('above'),
      isWideOnly: true,
      value: (it) => text(it, 'above'),
      cell: (it) => text(it, 'above') || '–',
    },
    {
      id: 'state',
      title: w('register.state'),
      value: (it) => it.state,
      cell: (it) => <StateMark definition={definition} state={it.state} />,
    },
  ];
}

/** What each role may decide and give; the front line's card shows those in force. */
export function Mandates() {
  const w = useWords();
  const columns = useColumns();
  const { data, error, refetch } = useQuery({
    queryKey: ['records', REGISTER, 'standing'],
    queryFn: () => listRecords(REGISTER, { state: ['in-force', 'proposed'], limit: 200 }),
    select: (it) => it.records,
  });
  return (
    <section className="sheet" aria-labelledby="mandates">
      <div className="sheet-head">
        <div>
          <h2 id="mandates">{w('administration.mandates')}</h2>
          <p className="small faint">{w('mandates.text')}</p>
        </div>
        <div className="row">
          {data && data.length > 0 && <TableCsv columns={columns} rows={data} />}
          <Go to={`/registers/${REGISTER}`} view={{ new: '1' }} className="chip">
            {w('mandates.add')}
          </Go>
        </div>
      </div>
      {error && <ProblemPanel error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton height={160} aria-busy="true" />}
      {data?.length === 0 && <EmptyState title={w('mandates.none')} text={w('mandates.none.text')} />}
      {data && data.length > 0 && (
        <Table
          label={w('administration.mandates')}
          columns={columns}
          rows={data}
          keyOf={(it) => it.id}
          sortedBy="sort"
        />
      )}
    </section>
  );
}
