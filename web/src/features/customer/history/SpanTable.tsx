import { useState } from 'react';
import type { PromisedInstance } from '../../../api/customers';
import { useTerm, useWords } from '../../../frame/language';
import { type Column, Table, TableCsv } from '../../../parts/Table';
import { useTimes } from '../../../parts/times';
import { Verdict } from '../../../parts/Verdict';
import type { SpanRow } from './spans';

function useColumns(): Column<PromisedInstance>[] {
  const w = useWords();
  const term = useTerm();
  const { moment } = useTimes();
  const time = (
    id: string,
    title: string,
    value: (it: PromisedInstance) => string | null,
    isShown = (_: PromisedInstance) => true,
  ): Column<PromisedInstance> => ({
    id,
    title,
    value,
    look: () => 'tabular',
    cell: (it) => {
      const at = value(it);
      return at && isShown(it) ? moment(at) : '–';
    },
  });
  return [
    { id: 'promise', title: w('promises.promise'), value: (it) => it.title, cell: (it) => it.title },
    time('from', w('history.from'), (it) => it.activation),
    time('due', w('promise.due'), (it) => it.due),
    time(
      'settled',
      w('history.settled'),
      (it) => it.settled,
      (it) => it.state !== 'broken',
    ),
    {
      id: 'verdict',
      title: w('promise.verdict'),
      value: (it) => term('verdict', it.state),
      cell: (it) => <Verdict verdict={it.state} />,
    },
    {
      id: 'reason',
      title: w('promise.reason'),
      value: (it) => it.why,
      look: () => 'faint',
      cell: (it) => it.why,
    },
  ];
}

/** The same as the drawing, in words. */
export function SpanTable({ rows }: { rows: SpanRow[] }) {
  const w = useWords();
  const columns = useColumns();
  const [isOpen, setOpen] = useState(false);
  const instances = rows.flatMap((row) => row.lanes.flat().map((it) => it.instance));
  return (
    <details className="small" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w('promise.as-table')}</summary>
      {isOpen && (
        <>
          <Table
            label={w('history.promises')}
            columns={columns}
            rows={instances}
            keyOf={(it) => it.promise + it.activation + it.due + JSON.stringify(it.about)}
          />
          <TableCsv columns={columns} rows={instances} />
        </>
      )}
    </details>
  );
}
