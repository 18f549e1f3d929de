import type { Definition } from '../api/registers';
import { useWords } from '../frame/language';
import { useNamed } from './definitions';
import './records.css';

/** The state of a record in its register's own word; past its time where somebody owes the next step. */
export function StateMark(props: { definition: Definition | undefined; state: string; isOverdue?: boolean }) {
  const w = useWords();
  const named = useNamed();
  const state = props.definition?.states.find((it) => it.id === props.state);
  const look = props.isOverdue ? 'verdict-broken' : state?.owes ? 'verdict-late' : 'verdict-pending';
  return (
    <span className={`verdict ${look}`}>
      {named(state?.name) || props.state}
      {props.isOverdue && <span> · {w('record.overdue')}</span>}
    </span>
  );
}
