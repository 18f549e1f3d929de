import { useQuery } from '@tanstack/react-query';
import { type Import, listImports } from '../../api/imports';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { TableWrap } from '../../parts/TableWrap';
import { useFigures, useTimes } from '../../parts/times';
import { useTakeOut } from './takeOut';

function Row({ of }: { of: Import }) {
  const w = useWords();
  const { count } = useFigures();
  const { moment, day } = useTimes();
  const takeOut = useTakeOut();
  return (
    <tr>
      <td>
        <span className="source-name">{of.file}</span> <span className="small faint">{of.source}</span>
        {takeOut.error && <ProblemPanel error={takeOut.error} />}
      </td>
      <td className="wide-only">{moment(of.finished)}</td>
      <td className="number">{count(of.events)}</td>
      <td className="number wide-only">{count(of.rejected)}</td>
      <td className="wide-only tabular">
        {of.first_event && of.last_event ? `${day(of.first_event)} – ${day(of.last_event)}` : '–'}
      </td>
      <td>
        {of.removed ? (
          <span className="faint">{w('import.taken-out', { when: day(of.removed) })}</span>
        ) : (
          <button
            type="button"
            className="quiet"
            disabled={takeOut.isPending}
            aria-label={`${w('import.take-out')}: ${of.file}`}
            onClick={() => takeOut.mutate(of)}
          >
            {w('import.take-out')}
          </button>
        )}
      </td>
    </tr>
  );
}

/** What has come in by files. */
export function ImportList() {
  const w = useWords();
  const { data, error } = useQuery({ queryKey: ['imports'], queryFn: listImports });
  if (error) return <ProblemPanel error={error} />;
  if (!data || data.imports.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="imports">
      <div className="sheet-head">
        <h2 id="imports">{w('import.list')}</h2>
      </div>
      <TableWrap label={w('import.events')}>
        <table className="list">
          <thead>
            <tr>
              <th>{w('import.column.file')}</th>
              <th className="wide-only">{w('import.column.when')}</th>
              <th className="number">{w('import.events')}</th>
              <th className="number wide-only">{w('import.rejects')}</th>
              <th className="wide-only">{w('import.column.span')}</th>
              <th>
                <span className="unseen">{w('import.take-out')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.imports.map((it) => (
              <Row key={it.number} of={it} />
            ))}
          </tbody>
        </table>
      </TableWrap>
    </section>
  );
}
