import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type Definition,
  moveRecord,
  moveWith,
  type RegisterRecord,
  readRecord,
  undoRecord,
  type Values,
} from '../api/registers';
import { useWords } from '../frame/language';
import { useNamed } from './definitions';
import { tell } from './notices';

// A customer's card and timeline tell of records too.
const SHOWING_RECORDS = ['records', 'card', 'timeline', 'promised'];

/** Whatever shows records reads them anew. */
export function useReadRecordsAnew(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all(SHOWING_RECORDS.map((it) => client.invalidateQueries({ queryKey: [it] })));
}

/** A state that a new record can be taken back to: final, nothing is needed for it, and it asks why. */
export const takenBackIn = (definition: Definition, record: RegisterRecord) =>
  record.moves.find(
    (it) =>
      it.comment && it.needs.length === 0 && definition.states.find((state) => state.id === it.to)?.final,
  )?.to;

/** Makes a record, tells so, and can take it back where its register has a state for that. */
export function useMaking<Input = void>(props: {
  definition: Definition | undefined;
  make: (input: Input) => Promise<RegisterRecord>;
  says?: (record: RegisterRecord) => string;
  afterwards?: (record: RegisterRecord) => void;
}) {
  const w = useWords();
  const readAnew = useReadRecordsAnew();
  return useMutation({
    mutationFn: props.make,
    onSuccess: (record) => {
      const back = props.definition && takenBackIn(props.definition, record);
      tell({
        text: props.says?.(record) ?? w('register.made', { what: record.title ?? record.id }),
        ...(back ? { undo: () => moveRecord(record.id, back, w('act.undone')).then(readAnew) } : {}),
      });
      void readAnew();
      props.afterwards?.(record);
    },
  });
}

/** The undo of a change that gave this record. */
export function useUndoOf(): (record: RegisterRecord) => () => Promise<unknown> {
  const w = useWords();
  const readAnew = useReadRecordsAnew();
  return (record) => () => undoRecord(record.id, record.version, w('act.undone')).then(readAnew);
}

/** Moves a record to another state, which can be undone. */
export function useMoving(definition: Definition | undefined, afterwards?: (record: RegisterRecord) => void) {
  const w = useWords();
  const named = useNamed();
  const undoOf = useUndoOf();
  const readAnew = useReadRecordsAnew();
  return useMutation({
    mutationFn: (move: {
      record: { id: string; state: string };
      to: string;
      values: Values;
      comment?: string | undefined;
    }) => moveWith(move.record.id, move.to, move.values, move.comment),
    onSuccess: (record) => {
      const state = definition?.states.find((it) => it.id === record.state);
      tell({
        text: w('record.moved', { what: record.title ?? record.id, state: named(state?.name) }),
        undo: undoOf(record),
      });
      void readAnew();
      afterwards?.(record);
    },
  });
}

export const recordQuery = (id: string) => ({
  queryKey: ['records', 'one', id],
  queryFn: () => readRecord(id),
});
