// What may come next where the caret stands: keywords of the text's spelling, and what there is in this installation.
import type { Vocabulary } from '../../api/promises';
import { KEYWORDS, spellingOf, written } from './keywords';
import { type Token, tokensOf } from './tokens';

export type OptionKind = 'keyword' | 'type' | 'key' | 'attribute' | 'unit' | 'calendar';

export interface Option {
  kind: OptionKind;
  /** What is put in the place of what was begun. */
  text: string;
}

export interface Completion {
  from: number;
  to: number;
  options: Option[];
}

const MOST = 8;
const BEGUN = /[\p{L}\p{N}_][\p{L}\p{N}_.\-@:]*$/u;
const FIXED = ['unit', 'channel', 'touchpoint', 'source', 'type'];

type List = [OptionKind, string[]];

// What stands behind a keyword (in English).
const BEHIND: Record<string, (of: Vocabulary) => List[]> = {
  'kept by': (of) => [['unit', of.units]],
  'made by': (of) => [['unit', of.units]],
  calendar: (of) => [['calendar', of.calendars]],
  same: (of) => [
    ['key', of.keys],
    ['attribute', of.attributes],
  ],
  per: (of) => [
    ['attribute', ['unit', 'channel', ...of.attributes]],
    ['key', of.keys],
  ],
  'no later than': (of) => [['attribute', of.attributes]],
};
for (const it of [
  'when',
  'then',
  'after',
  'never',
  'before',
  'unless',
  'until',
  'from',
  'only after',
  'a',
  'when already',
])
  BEHIND[it] = (of) => [['type', of.types]];
for (const it of ['where', 'for customers where', 'only to customers where', 'not'])
  BEHIND[it] = (of) => [
    ['attribute', [...of.attributes, ...FIXED]],
    ['key', of.keys],
  ];

const GUARDS = ['where', 'for customers where', 'only to customers where'];
const JOINS = ['and', 'or'];
const ENDS_GUARD = [
  'then',
  'within',
  'no later than',
  'same',
  'unless',
  'target',
  'kept by',
  'never',
  'total',
];

function isInGuard(before: Token[]): boolean {
  const last = before.findLast((it) => it.kind === 'keyword' && [...GUARDS, ...ENDS_GUARD].includes(it.text));
  return last !== undefined && GUARDS.includes(last.text);
}

function listsBehind(before: Token[], of: Vocabulary): List[] {
  const last = before.at(-1);
  const all: List[] = [
    ['type', of.types],
    ['key', of.keys],
    ['unit', of.units],
  ];
  if (!last) return [];
  if (last.kind === 'keyword' && JOINS.includes(last.text))
    return (BEHIND[isInGuard(before) ? 'where' : 'when'] ?? (() => all))(of);
  // "same order, unit": a comma goes on with what stood before it, or an option comes.
  if (last.kind === 'sign' && last.text === '(') return [['type', of.types]];
  return last.kind === 'keyword' ? (BEHIND[last.text]?.(of) ?? all) : all;
}

const isNear = (name: string, begun: string) => {
  const small = name.toLowerCase();
  return small.startsWith(begun) || small.split(/[._@:-]/).some((it) => it.startsWith(begun));
};

function unique(options: Option[]): Option[] {
  return options.filter((it, i) => options.findIndex((one) => one.text === it.text) === i);
}

/** `isAsked`: also where nothing has been begun. Nothing in texts and comments. */
export function complete(
  text: string,
  caret: number,
  of: Vocabulary,
  isAsked: boolean,
): Completion | undefined {
  const spelling = spellingOf(text);
  const begun = BEGUN.exec(text.slice(0, caret))?.[0] ?? '';
  const from = caret - begun.length;
  if (!begun && !isAsked) return undefined;
  const inside = tokensOf(text.slice(0, caret), spelling).at(-1);
  if (inside && inside.to === caret && (inside.kind === 'comment' || inside.kind === 'open'))
    return undefined;
  if (inside?.kind === 'number' && inside.to === caret) return undefined;
  const before = tokensOf(text.slice(0, from), spelling).filter((it) => it.kind !== 'comment');
  const small = begun.toLowerCase();
  const lists = listsBehind(before, of);
  const names = lists.flatMap(([kind, list]) =>
    list.filter((it) => isNear(it, small)).map((it): Option => ({ kind, text: written(it) })),
  );
  const keywords = KEYWORDS[spelling]
    .filter((it) => it.length > 1 && it.startsWith(small))
    .toSorted()
    .map((text): Option => ({ kind: 'keyword', text }));
  const last = before.at(-1);
  const takesName =
    last?.kind === 'keyword' && (BEHIND[last.text] !== undefined || JOINS.includes(last.text));
  const startFirst = names.toSorted(
    (a, b) => Number(b.text.toLowerCase().startsWith(small)) - Number(a.text.toLowerCase().startsWith(small)),
  );
  const options = unique(takesName && names.length > 0 ? startFirst : [...keywords, ...startFirst]).slice(
    0,
    MOST,
  );
  const isWhole = options.length === 1 && options[0]?.text === begun;
  return options.length === 0 || (isWhole && !isAsked) ? undefined : { from, to: caret, options };
}
