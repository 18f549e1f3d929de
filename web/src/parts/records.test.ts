import { expect, test } from 'vitest';
import type { Definition, Move, RegisterRecord } from '../api/registers';
import { takenBackIn } from './records';

const name = { sv: '', en: '' };
const state = (id: string, final: boolean) => ({ id, name, final, owes: false });
const move = (to: string, part: Partial<Move>): Move => ({
  to,
  name,
  comment: false,
  takes: false,
  needs: [],
  asks: [],
  ...part,
});
const definition = {
  states: [state('given', false), state('kept', true), state('refuted', true), state('released', true)],
} as Definition;
const record = (...moves: Move[]) => ({ moves }) as RegisterRecord;

test('taken back is what ends it with a reason, not what fulfils it', () => {
  const kept = move('kept', {});
  const released = move('released', { comment: true });
  expect(takenBackIn(definition, record(kept, released))).toBe('released');
  expect(takenBackIn(definition, record(kept))).toBeUndefined();
});

test('what needs more than a reason does not take back', () => {
  const refuted = move('refuted', { comment: true, needs: ['evidence'] });
  expect(takenBackIn(definition, record(refuted, move('given', { comment: true })))).toBeUndefined();
});
