import type { Definition, RegisterLine } from '../../api/registers';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useNamed } from '../../parts/definitions';
import { StateMark } from '../../parts/StateMark';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useTimes } from '../../parts/times';

/** By when, and how late where that has passed. */
function Due({ at, isOver }: { at: string; isOver: boolean }) {
  const w = useWords();
  const { day, lasting } = useTimes();
  if (!isOver) return <>{day(at)}</>;
  const late = lasting((Date.now() - Date.parse(at)) / 1000);
  return (
    <>
      {day(at)} <span className="small nobreak">({w('register.late', { time: late })})</span>
    </>
  );
}

/** What a line of a register says: what, how it stands, by when, whose. */
export function useRecordColumns(
  definition: Definition | undefined,
  records: RegisterLine[],
  isOfOneUnit = false,
): Column<RegisterLine>[] {
  const w = useWords();
  const named = useNamed();
  const unit = useUnitName();
  const columns: Column<RegisterLine>[] = [
    {
      id: 'what',
      title: w('register.what'),
      value: (it) => it.title ?? it.id,
      cell: (it) => (
        <Go to={`/records/${it.id}`} className="record-title">
          {it.title ?? it.id}
        </Go>
      ),
    },
    {
      id: 'state',
      title: w('register.state'),
      value: (it) => named(definition?.states.find((one) => one.id === it.state)?.name) || it.state,
      cell: (it) => <StateMark definition={definition} state={it.state} isOverdue={it.overdue} />,
    },
  ];
  if (records.some((it) => it.due)) {
    columns.push({
      id: 'due',
      title: w('register.due'),
      value: (it) => it.due,
      cell: (it) => (it.due ? <Due at={it.due} isOver={it.overdue} /> : '–'),
      look: (it) => (it.overdue ? 'past' : 'tabular'),
    });
  }
  if (!isOfOneUnit && records.some((it) => it.unit)) {
    columns.push({
      id: 'unit',
      title: w('promises.unit'),
      isWideOnly: true,
      value: (it) => (it.unit ? unit(it.unit) : ''),
      cell: (it) => unit(it.unit),
    });
  }
  return columns;
}

/** The lines of a register. */
export function RecordTable(props: {
  definition: Definition | undefined;
  records: RegisterLine[];
  isOfOneUnit?: boolean;
  /** What the table is called, where more than one of the register stands on a page. */
  label?: string;
  /** With what copies it beneath. */
  isCopied?: boolean;
  more?: (() => void) | undefined;
}) {
  const { definition, records, isOfOneUnit = false } = props;
  const named = useNamed();
  const columns = useRecordColumns(definition, records, isOfOneUnit);
  return (
    <>
      <Table
        label={props.label ?? named(definition?.plural)}
        look="record-list"
        columns={columns}
        rows={records}
        keyOf={(it) => it.id}
        more={props.more}
      />
      {props.isCopied && <TableCsv columns={columns} rows={records} />}
    </>
  );
}
