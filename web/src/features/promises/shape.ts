// The shape of promises that the form can show: "when … then …" and "after … never …", one event each, with what
// most promises say besides. Text to form and form to text; what has another shape is named, never changed.
import { type Spelling, say, spellingOf, written } from './keywords';
import { type Token, tokensOf } from './tokens';

export const UNITS = ['s', 'min', 'h', 'days', 'business days', 'business hours'] as const;
export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;

export interface EventShape {
  type: string;
  /** What stands behind "where", as it was written; empty: every event of the type. */
  where: string;
}

export interface PromiseShape {
  spelling: Spelling;
  id: string;
  title: string;
  keptBy: string;
  weight: string;
  rule: 'then' | 'never';
  first: EventShape;
  second: EventShape;
  bound: 'within' | 'no later than' | 'before';
  amount: string;
  unit: (typeof UNITS)[number];
  /** no later than: the attribute; before: the event. */
  until: string;
  same: string;
  unless: EventShape | undefined;
  /** The calling-off must carry the keys too, not merely not contradict them (P-3). */
  unlessSame: boolean;
  percent: string;
  each: string;
  atLeast: string;
  /** Clauses that the form leaves as they are. */
  others: string[];
}

/** What the form cannot show, in the text's own words. */
export class OtherShape extends Error {}

const CLAUSES = [
  'claim',
  'kept by',
  'made by',
  'touchpoint',
  'expectation',
  'weight',
  'for customers where',
  'target',
  'warn',
  'calendar',
  'zone',
  'valid from',
  'valid to',
  'when',
  'after',
];
const RULES = ['when', 'after'];

class Reader {
  private at = 0;
  constructor(
    readonly text: string,
    private readonly tokens: Token[],
  ) {}

  get token(): Token | undefined {
    return this.tokens[this.at];
  }
  is(text: string, kind = 'keyword'): boolean {
    return this.token?.kind === kind && this.token.text === text;
  }
  take(text: string, kind = 'keyword'): boolean {
    if (!this.is(text, kind)) return false;
    this.at += 1;
    return true;
  }
  next(): Token {
    const token = this.token;
    if (!token) throw new OtherShape('');
    this.at += 1;
    return token;
  }
  /** A word, or a text in quotes. */
  name(): string {
    const token = this.next();
    if (token.kind !== 'word' && token.kind !== 'quoted') this.fail(token);
    return token.text;
  }
  /** Up to a keyword of these, or a comma outside parentheses. */
  until(stops: string[]): string {
    const from = this.token?.from ?? this.text.length;
    let to = from;
    let depth = 0;
    while (this.token) {
      const { kind, text } = this.token;
      if (depth === 0 && ((kind === 'keyword' && stops.includes(text)) || (kind === 'sign' && text === ',')))
        break;
      if (kind === 'sign' && text === '(') depth += 1;
      if (kind === 'sign' && text === ')') depth -= 1;
      to = this.token.to;
      this.at += 1;
    }
    return this.text.slice(from, to);
  }
  fail(token = this.token): never {
    throw new OtherShape(token ? this.text.slice(token.from, token.to) : '');
  }
}

const BEHIND_EVENT = [
  'then',
  'within',
  'no later than',
  'before',
  'never',
  'unless',
  'same',
  'since',
  ...CLAUSES,
];

function eventIn(reader: Reader): EventShape {
  const type = reader.name();
  // Why: a name for an event is of use to rules that the form does not know.
  if (reader.is('as') || reader.is('(', 'sign')) reader.fail();
  const where = reader.take('where') ? reader.until(BEHIND_EVENT) : '';
  return { type, where };
}

function durationIn(reader: Reader, into: PromiseShape): void {
  const number = reader.next();
  const unit = reader.next();
  if (number.kind !== 'number') reader.fail(number);
  const found = UNITS.find((it) => it === unit.text || it === `${unit.text}s`);
  if (!found) reader.fail(unit);
  into.amount = number.text;
  into.unit = found;
}

function keysIn(reader: Reader): string {
  const keys = [reader.name()];
  while (reader.take(',', 'sign')) keys.push(reader.name()); // an option is no name
  return keys.join(', ');
}

function tailIn(reader: Reader, into: PromiseShape): void {
  if (reader.is(',', 'sign')) {
    reader.next();
    if (!reader.take('same')) reader.fail();
    into.same = keysIn(reader);
  }
  if (!reader.take('unless')) return;
  into.unless = eventIn(reader);
  if (!reader.take(',', 'sign')) return;
  if (!reader.take('same')) reader.fail();
  const token = reader.token;
  if (keysIn(reader) !== into.same) reader.fail(token);
  into.unlessSame = true;
}

function ruleIn(reader: Reader, kind: string, into: PromiseShape): void {
  into.rule = kind === 'when' ? 'then' : 'never';
  into.first = eventIn(reader);
  if (!reader.take(into.rule)) reader.fail();
  into.second = eventIn(reader);
  if (reader.take('within')) {
    into.bound = 'within';
    durationIn(reader, into);
  } else if (into.rule === 'then' && reader.take('no later than')) {
    into.bound = 'no later than';
    into.until = reader.name();
  } else if (into.rule === 'then' && reader.take('before')) {
    into.bound = 'before';
    into.until = reader.name();
    if (reader.is('where') || reader.is('as')) reader.fail();
  } else {
    reader.fail();
  }
  tailIn(reader, into);
}

function targetIn(reader: Reader, into: PromiseShape): void {
  const number = reader.next();
  if (number.kind !== 'number' || !reader.take('%', 'sign')) reader.fail(number);
  into.percent = number.text;
  if (reader.is('per') || reader.is('by start')) reader.fail();
  if (reader.take('each')) into.each = reader.next().text;
  if (reader.is('by start')) reader.fail();
  if (!reader.take(',', 'sign')) return;
  if (!reader.take('at least')) reader.fail();
  into.atLeast = reader.next().text;
  if (!reader.take('instances') && !reader.take('instance')) reader.fail();
}

/** A clause that stays as it is. */
function otherIn(reader: Reader, from: number): string {
  let to = from;
  while (reader.token) {
    const { kind, text } = reader.token;
    if (kind === 'keyword' && CLAUSES.includes(text)) break;
    to = reader.next().to;
  }
  return reader.text.slice(from, to);
}

const blank = (spelling: Spelling): PromiseShape => ({
  spelling,
  id: '',
  title: '',
  keptBy: '',
  weight: '',
  rule: 'then',
  first: { type: '', where: '' },
  second: { type: '', where: '' },
  bound: 'within',
  amount: '',
  unit: 'days',
  until: '',
  same: '',
  unless: undefined,
  unlessSame: false,
  percent: '',
  each: '',
  atLeast: '',
  others: [],
});

function clauseIn(reader: Reader, into: PromiseShape): void {
  const token = reader.next();
  if (token.kind !== 'keyword' || !CLAUSES.includes(token.text)) reader.fail(token);
  if (RULES.includes(token.text)) {
    if (into.first.type) reader.fail(token);
    ruleIn(reader, token.text, into);
  } else if (token.text === 'kept by') into.keptBy = reader.name();
  else if (token.text === 'weight') into.weight = reader.next().text;
  else if (token.text === 'target') targetIn(reader, into);
  else into.others.push(otherIn(reader, token.from));
}

/** The form of a text. Throws OtherShape with the words that the form cannot show. */
export function shapeOf(text: string): PromiseShape {
  const spelling = spellingOf(text);
  const tokens = tokensOf(text, spelling);
  const comment = tokens.find((it) => it.kind === 'comment');
  if (comment) throw new OtherShape(text.slice(comment.from, comment.to));
  const reader = new Reader(text, tokens);
  const shape = blank(spelling);
  if (!reader.take('promise')) reader.fail();
  shape.id = reader.next().text;
  const title = reader.next();
  if (title.kind !== 'quoted') reader.fail(title);
  shape.title = title.text;
  while (reader.token) clauseIn(reader, shape);
  if (!shape.first.type) throw new OtherShape('');
  return shape;
}

// ---- as text

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

export function textOf(shape: PromiseShape): string {
  const word = (english: string) => say(english, shape.spelling);
  const event = (it: EventShape) =>
    it.where.trim() ? `${written(it.type)} ${word('where')} ${it.where.trim()}` : written(it.type);
  const keys = shape.same
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it);
  const same = keys.length > 0 ? `, ${word('same')} ${keys.map(written).join(', ')}` : '';
  const bound =
    shape.bound === 'within'
      ? `${word('within')} ${shape.amount} ${word(shape.unit)}`
      : `${word(shape.bound)} ${written(shape.until)}`;
  const rule =
    shape.rule === 'then'
      ? [`${word('when')} ${event(shape.first)}`, `${word('then')} ${event(shape.second)} ${bound}${same}`]
      : [`${word('after')} ${event(shape.first)} ${word('never')} ${event(shape.second)} ${bound}${same}`];
  if (shape.unless) rule.push(`${word('unless')} ${event(shape.unless)}${shape.unlessSame ? same : ''}`);
  const head = [`${word('kept by')} ${written(shape.keptBy)}`];
  if (shape.weight) head.push(`${word('weight')} ${shape.weight}`);
  const target = [`${word('target')} ${shape.percent}%`];
  if (shape.each) target.push(`${word('each')} ${word(shape.each)}`);
  const least = shape.atLeast ? `, ${word('at least')} ${shape.atLeast} ${word('instances')}` : '';
  const lines = [
    ...shape.others.filter((it) => /^(claim|budskap)/.test(it)),
    head.join('   '),
    ...shape.others.filter((it) => !/^(claim|budskap)/.test(it)),
    ...rule,
    ...(shape.percent ? [target.join(' ') + least] : []),
  ];
  return `${word('promise')} ${shape.id} ${quoted(shape.title)}\n${lines.map((it) => `  ${it}\n`).join('')}`;
}

/** An id for a title: "Hemma inom 5 dagar" is hemma-inom-5-dagar. */
export const idOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
