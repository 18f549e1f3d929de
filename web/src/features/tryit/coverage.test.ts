import { expect, test } from 'vitest';
import type { RegisterLine } from '../../api/registers';
import { journeysOf, leadersOf } from './coverage';

const line = (leader: string, title: string, state: string, values: Record<string, unknown> = {}) =>
  ({
    title,
    state,
    created_at: '2026-01-01T00:00:00Z',
    values: { leader, ...values },
  }) as unknown as RegisterLine;

const walks = [
  line('eva', 'Order', 'done', { tried_at: '2026-03-01T10:00:00Z', effort: 4 }),
  line('bo', 'Order', 'done', { tried_at: '2026-05-01T10:00:00Z', effort: 1 }),
  line('eva', 'Complain', 'done', { tried_at: '2026-04-01T10:00:00Z' }),
  line('siv', 'Cancel', 'planned'),
];

test('journeys: what nobody has tried first, then what was left longest', () => {
  expect(journeysOf(walks)).toEqual([
    { journey: 'Cancel', times: 0, last: '', effort: null, by: [] },
    { journey: 'Complain', times: 1, last: '2026-04-01T10:00:00Z', effort: null, by: ['eva'] },
    { journey: 'Order', times: 2, last: '2026-05-01T10:00:00Z', effort: 2.5, by: ['bo', 'eva'] },
  ]);
});

test('leaders: who has only planned, and who leads and has done nothing, have never tried', () => {
  const meetings = [line('siv', 'Her module', 'held', { held_at: '2026-02-01T10:00:00Z' })];
  const leaders = leadersOf(walks, meetings, ['ola', 'eva']);
  expect(leaders.map((it) => [it.login, it.tried, it.met, it.times])).toEqual([
    ['ola', '', '', 0],
    ['siv', '', '2026-02-01T10:00:00Z', 0],
    ['eva', '2026-04-01T10:00:00Z', '', 2],
    ['bo', '2026-05-01T10:00:00Z', '', 1],
  ]);
  expect(leaders[2]?.journeys).toEqual(['Complain', 'Order']);
});
