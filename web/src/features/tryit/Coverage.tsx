import { useQuery } from '@tanstack/react-query';
import { listRecords, type RegisterLine } from '../../api/registers';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures, useTimes } from '../../parts/times';

interface Journey {
  journey: string;
  times: number;
  last: string;
  effort: number | null;
}

function journeysOf(records: RegisterLine[]): Journey[] {
  const byName = new Map<string, RegisterLine[]>();
  for (const it of records) {
    const name = it.title ?? '';
    byName.set(name, [...(byName.get(name) ?? []), it]);
  }
  return [...byName]
    .map(([journey, walks]) => {
      const efforts = walks.flatMap((it) => (typeof it.values.effort === 'number' ? [it.values.effort] : []));
      const last = walks.map((it) => String(it.values.tried_at ?? it.created_at)).sort();
      return {
        journey,
        times: walks.length,
        last: last.at(-1) ?? '',
        effort: efforts.length > 0 ? efforts.reduce((a, b) => a + b, 0) / efforts.length : null,
      };
    })
    .sort((a, b) => a.last.localeCompare(b.last));
}

/** Which journeys leaders have tried, by whomever; the one that was left longest first. */
export function Coverage() {
  const w = useWords();
  const { day } = useTimes();
  const { count } = useFigures();
  const { data } = useQuery({
    queryKey: ['records', 'walk', 'done'],
    queryFn: () => listRecords('walk', { state: ['done'], limit: 200 }),
    select: (it) => journeysOf(it.records),
  });
  const columns: Column<Journey>[] = [
    { id: 'journey', title: w('try.journey'), value: (it) => it.journey, cell: (it) => it.journey },
    { id: 'times', title: w('try.times'), isNumber: true, value: (it) => it.times, cell: (it) => it.times },
    {
      id: 'last',
      title: w('try.last'),
      value: (it) => it.last,
      cell: (it) => (it.last ? day(it.last) : '–'),
    },
    {
      id: 'effort',
      title: w('try.effort'),
      isNumber: true,
      value: (it) => it.effort,
      cell: (it) => (it.effort === null ? '–' : count(Math.round(it.effort * 10) / 10)),
    },
  ];
  return (
    <section className="sheet" aria-labelledby="coverage">
      <div className="sheet-head">
        <h2 id="coverage">{w('try.coverage')}</h2>
        <Go to="/registers/case" view={{ new: '1' }}>
          {w('try.case')}
        </Go>
      </div>
      {!data || data.length === 0 ? (
        <p className="faint">{w('try.coverage.none')}</p>
      ) : (
        <>
          <Table
            label={w('try.journey')}
            columns={columns}
            rows={data}
            keyOf={(it) => it.journey}
            sortedBy="journeys"
          />
          <TableCsv columns={columns} rows={data} />
        </>
      )}
    </section>
  );
}
