import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { createRecord, type Definition, type Field, listRecords, type Values } from '../../api/registers';
import { useCaller } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useGo, usePart, useView } from '../../frame/routes';
import { useDefinitions, useNamed } from '../../parts/definitions';
import { EmptyState } from '../../parts/EmptyState';
import { changesOf, type Typed } from '../../parts/fields';
import { Pick } from '../../parts/Pick';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RecordForm } from '../../parts/RecordForm';
import { recordQuery, useMaking } from '../../parts/records';
import { TableCsv } from '../../parts/Table';
import { TextField } from '../../parts/TextField';
import { UnitPick } from '../../parts/UnitPick';
import { caseOf } from './findings';
import { RecordTable, useRecordColumns } from './RecordTable';
import './registers.css';

function Filters({ definition }: { definition: Definition }) {
  const w = useWords();
  const named = useNamed();
  const [view, change] = useView();
  const check = (name: 'overdue' | 'mine') => (
    <label className="check">
      <input
        type="checkbox"
        checked={view[name] === '1'}
        onChange={(event) => change({ [name]: event.currentTarget.checked ? '1' : undefined })}
      />
      {w(name === 'overdue' ? 'register.only-overdue' : 'register.only-mine')}
    </label>
  );
  return (
    <search className="filters no-print">
      <TextField
        label={w('register.search')}
        type="search"
        value={view.text ?? ''}
        set={(text) => change({ text: text || undefined })}
      />
      <Pick
        label={w('register.state')}
        value={view.state ?? ''}
        none={w('register.all-states')}
        choose={(state) => change({ state: state || undefined })}
        options={definition.states.map((it) => ({ id: it.id, label: named(it.name) }))}
      />
      {definition.unit && (
        <UnitPick
          label={w('promises.unit')}
          value={view.unit ?? ''}
          none={w('promises.all-units')}
          choose={(unit) => change({ unit: unit || undefined })}
        />
      )}
      {definition.states.some((it) => it.owes) && check('overdue')}
      {definition.owner && check('mine')}
    </search>
  );
}

/** "=person": what a choice begins as. */
const startOf = (fields: Field[]) =>
  Object.fromEntries(
    fields.flatMap((it) => (it.starts_as?.startsWith('=') ? [[it.id, it.starts_as.slice(1)]] : [])),
  );

/** A new record; where the address says of which finding, as what that is a case of. */
function NewRecord({ definition, close }: { definition: Definition; close: () => void }) {
  const [view] = useView();
  const { definitions } = useDefinitions();
  const of = useQuery({ ...recordQuery(view.of ?? ''), enabled: Boolean(view.of) });
  const source = definitions.find((it) => it.id === of.data?.register);
  if (view.of && of.isLoading) return <Skeleton height={420} aria-busy="true" />;
  return (
    <>
      {of.error && <ProblemPanel error={of.error} retry={() => void of.refetch()} />}
      <NewRecordForm
        key={of.data?.id ?? ''}
        definition={definition}
        taken={of.data && source ? caseOf(source, of.data) : {}}
        close={close}
      />
    </>
  );
}

function NewRecordForm(props: { definition: Definition; taken: Typed; close: () => void }) {
  const { definition, close } = props;
  const w = useWords();
  const named = useNamed();
  const go = useGo();
  const [view] = useView();
  const ofUnit = definition.unit;
  const fields = definition.fields.filter((it) => it.at_creation && it.kind !== 'event');
  const making = useMaking({
    definition,
    make: (it: { values: Values; comment: string }) =>
      createRecord(definition.id, it.values, it.comment || undefined),
    afterwards: (record) => go(`/records/${record.id}`),
  });
  return (
    <RecordForm
      title={`${w('register.new')}: ${named(definition.name)}`}
      make={w('register.make')}
      fields={fields}
      start={{ ...startOf(fields), ...(ofUnit && view.unit ? { [ofUnit]: view.unit } : {}), ...props.taken }}
      {...(definition.always_comment ? { comment: 'needed' as const } : {})}
      isBusy={making.isPending}
      error={making.error}
      submit={(typed, comment) => making.mutate({ values: changesOf(fields, typed, {}), comment })}
      close={close}
    />
  );
}

function Records({ definition }: { definition: Definition }) {
  const w = useWords();
  const [view] = useView();
  const { caller } = useCaller();
  const isFiltered = Boolean(view.text || view.state || view.unit || view.overdue || view.mine);
  const query = {
    text: view.text,
    unit: view.unit,
    state: view.state ? [view.state] : undefined,
    overdue: view.overdue === '1',
    owner: view.mine === '1' ? caller?.login : undefined,
  };
  const list = useInfiniteQuery({
    queryKey: ['records', definition.id, query],
    queryFn: ({ pageParam }) => listRecords(definition.id, { ...query, cursor: pageParam, limit: 100 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const records = list.data?.pages.flatMap((it) => it.records) ?? [];
  const columns = useRecordColumns(definition, records);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const readOn = hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined;
  if (list.error) return <ProblemPanel error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton height={240} aria-busy="true" />;
  if (records.length === 0) {
    return isFiltered ? (
      <p className="faint">{w('register.none-fit')}</p>
    ) : (
      <EmptyState title={w('register.none')} text={w('register.none.text')} />
    );
  }
  return (
    <section className="sheet" aria-label={w('register.what')}>
      <div className="sheet-head">
        <p className="small faint">
          {w(hasNextPage ? 'register.first' : 'register.all', { n: records.length })}
        </p>
        <TableCsv columns={columns} rows={records} />
      </div>
      <RecordTable definition={definition} records={records} more={readOn} />
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={readOn}>
          {w('register.more')}
        </Button>
      )}
    </section>
  );
}

// Made where the customer is: a commitment with its chance shown first, a correction on the contact itself.
const MADE_ON_THE_CARD = ['commitment', 'matter-correction'];

/** One register: its records, and a new one. The form is drawn by the register's definition. */
export default function RegisterPage() {
  const w = useWords();
  const named = useNamed();
  const id = usePart('register') ?? '';
  const [view, change] = useView();
  const { definitions, error, isLoading } = useDefinitions();
  const definition = definitions.find((it) => it.id === id);
  const isMadeHere = !MADE_ON_THE_CARD.includes(id);
  if (error) return <ProblemPanel error={error} />;
  if (isLoading) return <Skeleton height={320} aria-busy="true" />;
  if (!definition) return <EmptyState title={w('register.not-found')} />;
  return (
    <>
      <header className="page-head">
        <div>
          <p className="small">
            <Go to="/registers">{w('registers.page')}</Go>
          </p>
          <h1>{named(definition.plural)}</h1>
          {definition.help && <p>{named(definition.help)}</p>}
        </div>
        {isMadeHere && view.new !== '1' && (
          <button type="button" className="action no-print" onClick={() => change({ new: '1' })}>
            {w('register.new')}
          </button>
        )}
      </header>
      {isMadeHere && view.new === '1' && (
        <NewRecord definition={definition} close={() => change({ new: undefined, of: undefined })} />
      )}
      <Filters definition={definition} />
      <Records definition={definition} />
    </>
  );
}
