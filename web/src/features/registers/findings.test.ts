import { expect, test } from 'vitest';
import type { Definition, RegisterRecord } from '../../api/registers';
import { caseOf } from './findings';

const definition = (id: string, fields: { id: string; kind: string; personal?: boolean }[]) =>
  ({ id, title: fields[0]?.id, fields }) as unknown as Definition;
const record = (part: Partial<RegisterRecord>) =>
  ({ id: 'walk-3', register: 'walk', title: null, unit: null, values: {}, ...part }) as RegisterRecord;

const walk = definition('walk', [
  { id: 'journey', kind: 'text' },
  { id: 'found', kind: 'long text' },
]);

test('a case of a walk has what was found: its first sentence above, all of it below', () => {
  const found = 'Nobody says when it comes. I called twice.';
  expect(caseOf(walk, record({ title: 'Order a module', unit: 'logistics', values: { found } }))).toEqual({
    what: 'Nobody says when it comes',
    story: 'Order a module: Nobody says when it comes. I called twice.',
    cause: 'walk',
    came_from: 'walk-3',
    unit: 'logistics',
  });
});

test('a long sentence is cut at a word, and without anything found the journey is the title', () => {
  const found = 'väntar '.repeat(30);
  const { what } = caseOf(walk, record({ title: 'Ring', values: { found } }));
  expect(what).toBe(`${'väntar '.repeat(14).trim()}…`);
  expect(caseOf(walk, record({ title: 'Ring' }))).toEqual({
    what: 'Ring',
    story: '',
    cause: 'walk',
    came_from: 'walk-3',
  });
});

test('what a customer said at a meeting is personal and stays there', () => {
  const meeting = definition('meeting', [
    { id: 'about', kind: 'text' },
    { id: 'heard', kind: 'long text', personal: true },
  ]);
  const values = { heard: 'I am Karin and I am tired' };
  const made = caseOf(meeting, record({ register: 'meeting', title: 'Her module', values }));
  expect(made.what).toBe('Her module');
  expect(JSON.stringify(made)).not.toContain('Karin');
});
