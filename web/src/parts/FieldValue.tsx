import type { Field, Value } from '../api/registers';
import { useUnitName } from '../api/units';
import { Go } from '../frame/Go';
import { useWords } from '../frame/language';
import { useNamed } from './definitions';
import { usePromises } from './gaps';
import { useFigures, useTimes } from './times';

function PromiseName({ id }: { id: string }) {
  const { data } = usePromises();
  return <Go to={`/promises/${id}`}>{data?.find((it) => it.id === id)?.title ?? id}</Go>;
}

function ListValue({ field, value }: { field: Field; value: readonly unknown[] }) {
  const w = useWords();
  if (field.kind === 'customer') {
    const values = value as { type: string; value: string }[];
    return <>{values.map((it) => it.value || w('record.masked')).join(', ')}</>;
  }
  return (
    <span className="row">
      {(value as string[]).map((it) => (
        <Go key={it} to={`/records/${it}`}>
          {it}
        </Go>
      ))}
    </span>
  );
}

/** A value of a record as people read it. */
export function FieldValue({ field, value }: { field: Field; value: Value | undefined }) {
  const w = useWords();
  const named = useNamed();
  const unit = useUnitName();
  const { day, moment } = useTimes();
  const { count } = useFigures();
  if (value === undefined || value === null || value === '') return <span className="faint">–</span>;
  if (Array.isArray(value)) return <ListValue field={field} value={value} />;
  if (typeof value === 'boolean') return <>{w(value ? 'record.yes' : 'record.no')}</>;
  if (typeof value === 'number') return <>{`${count(value)}${field.measure ? ` ${field.measure}` : ''}`}</>;
  if (typeof value === 'object') return <span className="tabular">{`${value.source} ${value.id}`}</span>;
  if (field.kind === 'choice')
    return <>{named(field.values?.find((it) => it.id === value)?.name) || value}</>;
  if (field.kind === 'unit') return <>{unit(value)}</>;
  if (field.kind === 'instant') return <>{moment(value)}</>;
  if (field.kind === 'date') return <>{day(`${value}T12:00:00Z`)}</>;
  if (field.kind === 'promise') return <PromiseName id={value} />;
  if (field.kind === 'link') return <Go to={`/records/${value}`}>{value}</Go>;
  return <span className="as-written">{value}</span>;
}
