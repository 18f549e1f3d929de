import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures } from '../../parts/times';
import type { CausedLine } from './caused';

function useColumns(): Column<CausedLine>[] {
  const w = useWords();
  const unit = useUnitName();
  const { count } = useFigures();
  return [
    {
      id: 'unit',
      title: w('units.unit'),
      value: (it) => unit(it.other),
      cell: (it) => (
        <Go to={`/units/${encodeURIComponent(it.other)}`} className="promise-link">
          {unit(it.other)}
        </Go>
      ),
    },
    {
      id: 'promise',
      title: w('promises.promise'),
      value: (it) => it.title,
      cell: (it) => (
        <>
          <Go to={`/promises/${it.promise}`} view={{ verdict: 'broken' }} className="plain-link">
            {it.title}
          </Go>
          <span className="small faint under">{w(`units.caused.${it.how}`)}</span>
        </>
      ),
    },
    {
      id: 'times',
      title: w('units.caused.times'),
      isNumber: true,
      value: (it) => it.times,
      cell: (it) => (
        <>
          {count(it.times)}
          <span className="small faint under">{w('units.caused.of', { n: it.customers })}</span>
        </>
      ),
    },
  ];
}

/** What went from one unit to another: how, whose, about which promise, how many. */
export function Caused(props: {
  id: string;
  title: string;
  text: string;
  none: string;
  lines: CausedLine[];
}) {
  const w = useWords();
  const columns = useColumns();
  const { id, lines } = props;
  // What stands in small beneath, in columns of its own.
  const csv: Column<CausedLine>[] = [
    ...columns,
    { id: 'how', title: w('units.caused.how'), value: (it) => w(`units.caused.${it.how}`), cell: () => '' },
    { id: 'customers', title: w('units.caused.customers'), value: (it) => it.customers, cell: () => '' },
  ];
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <div>
          <h2 id={id}>{props.title}</h2>
          <p className="small faint">{props.text}</p>
        </div>
        {lines.length > 0 && <TableCsv columns={csv} rows={lines} />}
      </div>
      {lines.length === 0 ? (
        <p className="faint">{props.none}</p>
      ) : (
        <Table
          label={props.title}
          columns={columns}
          rows={lines}
          keyOf={(it) => it.how + it.other + it.promise}
          sortedBy={id}
        />
      )}
    </section>
  );
}
