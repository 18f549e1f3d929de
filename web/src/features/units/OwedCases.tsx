import type { UseQueryResult } from '@tanstack/react-query';
import type { RegisterLine } from '../../api/registers';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { Asked } from '../../parts/Asked';
import { useDefinition } from '../../parts/definitions';
import { TableCsv } from '../../parts/Table';
import { RecordTable, useRecordColumns } from '../registers/RecordTable';
import { casesByUnit } from './casesByUnit';

/** Answers that are waited for, by the unit that owes them: by when, and how late. */
export function OwedCases(props: {
  id: string;
  title: string;
  none: string;
  query: UseQueryResult<RegisterLine[]>;
}) {
  const { id, title } = props;
  const w = useWords();
  const unit = useUnitName();
  const definition = useDefinition('case');
  const cases = props.query.data ?? [];
  const columns = useRecordColumns(definition, cases);
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        {cases.length > 0 && <TableCsv columns={columns} rows={cases} />}
      </div>
      <Asked query={props.query}>{(all) => all.length === 0 && <p className="faint">{props.none}</p>}</Asked>
      {casesByUnit(cases).map((it) => (
        <div key={it.unit} className="owed-by">
          <h3>
            <Go to={`/units/${encodeURIComponent(it.unit)}`}>{unit(it.unit)}</Go>{' '}
            <span className={it.overdue > 0 ? 'small past' : 'small faint'}>
              {w('units.owes', { n: it.cases.length, late: it.overdue })}
            </span>
          </h3>
          <RecordTable
            definition={definition}
            records={it.cases}
            label={`${title}: ${unit(it.unit)}`}
            isOfOneUnit
          />
        </div>
      ))}
    </section>
  );
}
