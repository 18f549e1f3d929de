import { useQuery } from '@tanstack/react-query';
import {
  createRecord,
  type Definition,
  listRecords,
  moveWith,
  type RegisterLine,
  type Values,
} from '../../api/registers';
import { useCaller } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { useDefinition, useNamed } from '../../parts/definitions';
import { changesOf } from '../../parts/fields';
import { RecordForm } from '../../parts/RecordForm';
import { useMaking } from '../../parts/records';
import { StateMark } from '../../parts/StateMark';
import { useTimes } from '../../parts/times';
import { DAY_MS, typedDate, typedInstant } from '../../parts/zone';

/** What each form asks for, on a phone: no more than is needed. */
const PLANNED = {
  walk: ['journey', 'planned', 'unit'],
  meeting: ['about', 'planned', 'where', 'unit'],
} as const;
const LOGGED = {
  walk: ['journey', 'tried_at', 'found', 'effort', 'reached_goal', 'unit'],
  meeting: ['about', 'held_at', 'heard', 'where', 'unit'],
} as const;

type Register = keyof typeof PLANNED;

/** Makes the record and, where it has been done already, moves it there at once. */
async function write(register: Register, values: Values, doneIn: string | undefined) {
  if (!doneIn) return createRecord(register, values);
  const made = await createRecord(register, values);
  return moveWith(made.id, doneIn, {}, undefined);
}

function OutingForm(props: {
  register: Register;
  definition: Definition;
  doneIn: string;
  isDone: boolean;
  close: () => void;
}) {
  const { register, definition, isDone, close } = props;
  const w = useWords();
  const { caller } = useCaller();
  const mayPersonal = caller?.permissions.includes('identifiers.unmask');
  const wanted: readonly string[] = (isDone ? LOGGED : PLANNED)[register];
  // What one may not see one may not set either.
  const fields = wanted
    .flatMap((id) => definition.fields.find((it) => it.id === id) ?? [])
    .filter((it) => mayPersonal || !it.personal);
  const needs = isDone ? (definition.moves.find((it) => it.to === props.doneIn)?.needs ?? []) : ['planned'];
  const making = useMaking({
    definition,
    make: (values: Values) => write(register, values, isDone ? props.doneIn : undefined),
    afterwards: close,
  });
  const now = new Date();
  return (
    <RecordForm
      title={`${w(isDone ? 'try.log' : 'try.plan')}: ${w(register === 'walk' ? 'try.walks' : 'try.meetings')}`}
      make={w(isDone ? 'try.log' : 'try.plan')}
      fields={fields}
      needs={needs}
      start={{
        planned: typedDate(new Date(now.getTime() + 7 * DAY_MS)),
        tried_at: typedInstant(now),
        held_at: typedInstant(now),
      }}
      isBusy={making.isPending}
      error={making.error}
      submit={(typed) => making.mutate(changesOf(fields, typed, {}))}
      close={close}
    />
  );
}

function Line({
  definition,
  record,
  doneIn,
}: {
  definition: Definition;
  record: RegisterLine;
  doneIn: string;
}) {
  const w = useWords();
  const { day } = useTimes();
  const isPlanned = record.state === definition.initial;
  const done = record.values.tried_at ?? record.values.held_at;
  const when = isPlanned ? record.due : typeof done === 'string' ? done : record.created_at;
  return (
    <li>
      <div>
        <Go to={`/records/${record.id}`} className="record-title">
          {record.title ?? record.id}
        </Go>
        <p className="row small faint">
          <StateMark definition={definition} state={record.state} isOverdue={record.overdue} />
          {when && day(when)}
        </p>
      </div>
      {isPlanned ? (
        <Go to={`/records/${record.id}`} view={{ do: doneIn }} className="chip">
          {w('try.log')}
        </Go>
      ) : (
        <Go to="/registers/case" view={{ new: '1', of: record.id }} className="chip">
          {w('try.case')}
          <span className="unseen">: {record.title ?? record.id}</span>
        </Go>
      )}
    </li>
  );
}

/** Walks or meetings of mine: planned, then logged. */
export function Outings(props: { register: Register; doneIn: string; title: string; text: string }) {
  const { register, doneIn } = props;
  const w = useWords();
  const named = useNamed();
  const { caller } = useCaller();
  const [view, change] = useView();
  const definition = useDefinition(register);
  const { data } = useQuery({
    queryKey: ['records', register, 'of mine', caller?.login],
    queryFn: () => listRecords(register, { owner: caller?.login, limit: 50 }),
    enabled: Boolean(caller),
    select: (it) => it.records.filter((one) => one.state !== 'cancelled'),
  });
  const mayMake = caller?.roles.some((it) => ['leader', 'analyst', 'front_line'].includes(it.role));
  const [what, how] = (view.do ?? '').split('-');
  const close = () => change({ do: undefined });
  return (
    <section className="outing">
      {definition && what === register && (
        <OutingForm
          key={how}
          register={register}
          definition={definition}
          doneIn={doneIn}
          isDone={how === 'log'}
          close={close}
        />
      )}
      <div className="sheet">
        <div className="sheet-head">
          <div>
            <h2>{props.title}</h2>
            <p className="small faint">{props.text}</p>
          </div>
        </div>
        {mayMake && (
          <div className="row">
            <button
              type="button"
              className="chip"
              aria-label={`${w('try.plan')}: ${named(definition?.name)}`}
              onClick={() => change({ do: `${register}-plan` })}
            >
              {w('try.plan')}
            </button>
            <button
              type="button"
              className="chip"
              aria-label={`${w('try.log')}: ${named(definition?.name)}`}
              onClick={() => change({ do: `${register}-log` })}
            >
              {w('try.log')}
            </button>
          </div>
        )}
        {data?.length === 0 && <p className="faint outing-none">{w('try.none')}</p>}
        {definition && (
          <ul className="outing-list">
            {data?.slice(0, 8).map((it) => (
              <Line key={it.id} definition={definition} record={it} doneIn={doneIn} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
