import type { Definition, Move, RegisterRecord } from '../api/registers';
import { useNamed } from './definitions';
import { changesOf, typedRecord } from './fields';
import { RecordForm } from './RecordForm';
import { useMoving } from './records';

/** A record to another state: what the move needs and asks for, and a comment. */
export function MoveForm({
  definition,
  record,
  move,
  close,
}: {
  definition: Definition;
  record: RegisterRecord;
  move: Move;
  close: () => void;
}) {
  const named = useNamed();
  const wanted = [...move.needs, ...move.asks];
  const fields = wanted.flatMap((id) => definition.fields.find((it) => it.id === id) ?? []);
  const before = typedRecord(fields, record);
  const moving = useMoving(definition, close);
  return (
    <RecordForm
      key={move.to}
      title={named(move.name)}
      make={named(move.name)}
      fields={fields}
      needs={move.needs}
      start={before}
      comment={move.comment ? 'needed' : 'may'}
      isBusy={moving.isPending}
      error={moving.error}
      submit={(typed, comment) =>
        moving.mutate({
          record,
          to: move.to,
          values: changesOf(fields, typed, before),
          comment: comment || undefined,
        })
      }
      close={close}
    />
  );
}
