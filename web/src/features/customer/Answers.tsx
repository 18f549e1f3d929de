import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type Definition,
  listRecords,
  type Move,
  type RegisterLine,
  type RegisterRecord,
} from '../../api/registers';
import { useCaller, useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useDefinition, useNamed } from '../../parts/definitions';
import { FieldValue } from '../../parts/FieldValue';
import { MoveForm } from '../../parts/MoveForm';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { recordQuery, useMoving } from '../../parts/records';
import { StateMark } from '../../parts/StateMark';
import { useTimes } from '../../parts/times';

const REGISTER = 'blocked-help';
const SHOWN = 20;
const LOOKS_AGAIN_MS = 60_000;

const isPlain = (move: Move) => !move.comment && move.needs.length === 0 && move.asks.length === 0;

/** What I may do with the answer: at once where nothing is to be said, else with a form. */
function Moves({ definition, record }: { definition: Definition; record: RegisterRecord }) {
  const named = useNamed();
  const [chosen, setChosen] = useState<Move>();
  const moving = useMoving(definition);
  if (chosen) {
    const close = () => setChosen(undefined);
    return <MoveForm definition={definition} record={record} move={chosen} close={close} />;
  }
  return (
    <>
      <div className="row no-print">
        {record.moves.map((it) => (
          <button
            key={it.to}
            type="button"
            className="chip"
            disabled={moving.isPending}
            onClick={() => (isPlain(it) ? moving.mutate({ record, to: it.to, values: {} }) : setChosen(it))}
          >
            {named(it.name)}
          </button>
        ))}
      </div>
      {moving.error && <ProblemPanel error={moving.error} />}
    </>
  );
}

function One({ definition, line }: { definition: Definition; line: RegisterLine }) {
  const w = useWords();
  const { day } = useTimes();
  const state = definition.states.find((it) => it.id === line.state);
  // The answer waits for me: what I may do with it is told of a record shown alone.
  const isMine = state !== undefined && !state.owes && !state.final;
  const { data: record, error } = useQuery({ ...recordQuery(line.id), enabled: isMine });
  const why = definition.fields.find((it) => it.id === 'why');
  const { answer, needed } = line.values;
  return (
    <li className="answer">
      <div className="answer-head">
        <Go to={`/records/${line.id}`} className="record-title">
          {why ? <FieldValue field={why} value={line.values.why} /> : line.id}
        </Go>
        <StateMark definition={definition} state={line.state} isOverdue={line.overdue} />
      </div>
      <p className="small faint">
        {w('customer.answers.pressed', { when: day(line.created_at) })}
        {state?.owes && line.due && ` · ${w('customer.answers.by', { when: day(line.due) })}`}
        {!state?.owes && ` · ${w('customer.answers.since', { when: day(line.state_since) })}`}
      </p>
      {typeof needed === 'string' && <p className="small as-written">{needed}</p>}
      {typeof answer === 'string' && <blockquote className="answer-text as-written">{answer}</blockquote>}
      {isMine && record?.state === line.state && <Moves definition={definition} record={record} />}
      {error && <ProblemPanel error={error} />}
    </li>
  );
}

/** "I could not help, because …" as I pressed it, and what leadership answered; nobody else's. */
export function Answers() {
  const w = useWords();
  const { caller } = useCaller();
  const isWanted = useMay()('blocked_help.report') && Boolean(caller?.login);
  const definition = useDefinition(REGISTER);
  const list = useQuery({
    queryKey: ['records', REGISTER, 'mine', caller?.login],
    queryFn: () => listRecords(REGISTER, { creator: caller?.login, limit: SHOWN }),
    enabled: isWanted,
    refetchInterval: LOOKS_AGAIN_MS,
  });
  if (!isWanted) return null;
  const place = (it: RegisterLine) => {
    const state = definition?.states.find((one) => one.id === it.state);
    return state?.final ? 2 : state?.owes ? 1 : 0;
  };
  // Answers that I have not read stand first.
  const lines = (list.data?.records ?? []).toSorted((a, b) => place(a) - place(b));
  return (
    <section className="sheet" aria-labelledby="answers" aria-busy={list.isLoading}>
      <div className="sheet-head">
        <h2 id="answers">{w('customer.answers')}</h2>
      </div>
      {list.error && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
      {list.data && lines.length === 0 && <p className="faint">{w('customer.answers.none')}</p>}
      {definition && (
        <ul className="lines">
          {lines.map((it) => (
            <One key={it.id} definition={definition} line={it} />
          ))}
        </ul>
      )}
      {list.data?.next && <p className="small faint">{w('customer.answers.first', { n: SHOWN })}</p>}
    </section>
  );
}
