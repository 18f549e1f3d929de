import { useQuery } from '@tanstack/react-query';
import { listPeople } from '../../api/administration';
import { listRecords } from '../../api/registers';
import { useMay } from '../../api/session';
import { useWords } from '../../frame/language';
import { Asked } from '../../parts/Asked';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures, useTimes } from '../../parts/times';
import { type Journey, journeysOf, type Leader, leadersOf } from './coverage';

const MOST = 200;

/** Of everybody, planned or done; the newest. */
const useAll = (register: 'walk' | 'meeting', done: string) =>
  useQuery({
    queryKey: ['records', register, 'of all'],
    queryFn: () => listRecords(register, { state: ['planned', done], limit: MOST }),
    select: (it) => it.records,
  });

function useWhen() {
  const w = useWords();
  const { day } = useTimes();
  return (time: string) => (time ? day(time) : <span className="past">{w('try.never')}</span>);
}

function Journeys({ rows }: { rows: Journey[] }) {
  const w = useWords();
  const when = useWhen();
  const { count } = useFigures();
  const columns: Column<Journey>[] = [
    { id: 'journey', title: w('try.journey'), value: (it) => it.journey, cell: (it) => it.journey },
    { id: 'last', title: w('try.last'), value: (it) => it.last, cell: (it) => when(it.last) },
    {
      id: 'by',
      title: w('try.by'),
      value: (it) => it.by.join(', '),
      cell: (it) => it.by.join(', ') || '–',
    },
    { id: 'times', title: w('try.times'), isNumber: true, value: (it) => it.times, cell: (it) => it.times },
    {
      id: 'effort',
      title: w('try.effort'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => it.effort,
      cell: (it) => (it.effort === null ? '–' : count(Math.round(it.effort * 10) / 10)),
    },
  ];
  return (
    <section className="sheet" aria-labelledby="coverage">
      <div className="sheet-head">
        <h2 id="coverage">{w('try.coverage')}</h2>
        {rows.length > 0 && <TableCsv columns={columns} rows={rows} />}
      </div>
      {rows.length === 0 ? (
        <p className="faint">{w('try.coverage.none')}</p>
      ) : (
        <Table
          label={w('try.coverage')}
          columns={columns}
          rows={rows}
          keyOf={(it) => it.journey}
          sortedBy="journeys"
        />
      )}
    </section>
  );
}

function Leaders({ rows }: { rows: Leader[] }) {
  const w = useWords();
  const when = useWhen();
  const columns: Column<Leader>[] = [
    { id: 'leader', title: w('try.leader'), value: (it) => it.login, cell: (it) => it.login },
    { id: 'tried', title: w('try.tried'), value: (it) => it.tried, cell: (it) => when(it.tried) },
    {
      id: 'what',
      title: w('try.journeys'),
      isWideOnly: true,
      value: (it) => it.journeys.join(', '),
      cell: (it) => it.journeys.join(', ') || '–',
    },
    { id: 'met', title: w('try.met'), value: (it) => it.met, cell: (it) => when(it.met) },
  ];
  return (
    <section className="sheet" aria-labelledby="leaders">
      <div className="sheet-head">
        <div>
          <h2 id="leaders">{w('try.leaders')}</h2>
          <p className="small faint">{w('try.leaders.text')}</p>
        </div>
        {rows.length > 0 && <TableCsv columns={columns} rows={rows} />}
      </div>
      {rows.length === 0 ? (
        <p className="faint">{w('try.leaders.none')}</p>
      ) : (
        <Table
          label={w('try.leaders')}
          columns={columns}
          rows={rows}
          keyOf={(it) => it.login}
          sortedBy="leaders"
        />
      )}
    </section>
  );
}

/** Which journeys have been tried, by whom and when, and who never: for those who read everybody's. */
export function Coverage() {
  const mayList = useMay()('people.administer');
  const walks = useAll('walk', 'done');
  const meetings = useAll('meeting', 'held');
  const people = useQuery({ queryKey: ['people'], queryFn: listPeople, enabled: mayList });
  const leaders = (people.data?.people ?? [])
    .filter((it) => !it.disabled && it.roles.some((one) => one.role === 'leader'))
    .map((it) => it.login);
  return (
    <Asked query={walks} height={160}>
      {(records) => (
        <>
          <Journeys rows={journeysOf(records)} />
          <Leaders rows={leadersOf(records, meetings.data ?? [], leaders)} />
        </>
      )}
    </Asked>
  );
}
