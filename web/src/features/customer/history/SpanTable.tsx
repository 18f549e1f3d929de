import { useState } from 'react';
import { useTerm, useWords } from '../../../frame/language';
import { CsvButton } from '../../../parts/CsvButton';
import { TableWrap } from '../../../parts/TableWrap';
import { useTimes } from '../../../parts/times';
import { Verdict } from '../../../parts/Verdict';
import type { SpanRow } from './spans';

/** The same as the drawing, in words. */
export function SpanTable({ rows }: { rows: SpanRow[] }) {
  const w = useWords();
  const term = useTerm();
  const { moment } = useTimes();
  const [isOpen, setOpen] = useState(false);
  const instances = rows.flatMap((row) => row.lanes.flat().map((it) => it.instance));
  const csv = () => [
    [
      w('promises.promise'),
      w('history.from'),
      w('promise.due'),
      w('history.settled'),
      w('promise.verdict'),
      w('promise.reason'),
    ],
    ...instances.map((it) => [
      it.title,
      it.activation,
      it.due,
      it.settled,
      term('verdict', it.state),
      it.why,
    ]),
  ];
  return (
    <details className="small" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w('promise.as-table')}</summary>
      {isOpen && (
        <TableWrap label={w('history.promises')}>
          <table className="list">
            <thead>
              <tr>
                <th>{w('promises.promise')}</th>
                <th>{w('history.from')}</th>
                <th>{w('promise.due')}</th>
                <th>{w('history.settled')}</th>
                <th>{w('promise.verdict')}</th>
                <th>{w('promise.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {instances.map((it) => (
                <tr key={it.promise + it.activation + it.due + JSON.stringify(it.about)}>
                  <td>{it.title}</td>
                  <td className="tabular">{moment(it.activation)}</td>
                  <td className="tabular">{it.due ? moment(it.due) : '–'}</td>
                  <td className="tabular">
                    {it.settled && it.state !== 'broken' ? moment(it.settled) : '–'}
                  </td>
                  <td>
                    <Verdict verdict={it.state} />
                  </td>
                  <td className="faint">{it.why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableWrap>
      )}
      {isOpen && <CsvButton rows={csv} />}
    </details>
  );
}
