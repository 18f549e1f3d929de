// What each column of a file is: guessed by its name and by what stands in it, changed by people, written as a map.
import type { Column, Look } from '../../api/imports';
import { formatOf, sayZone } from './formats';

/** `moment` is a time that is not an event: a deadline, a planned day. */
export const ROLES = [
  'time',
  'type',
  'customer',
  'key',
  'moment',
  'attribute',
  'unit',
  'channel',
  'touchpoint',
  'agent',
  'none',
] as const;
export type Role = (typeof ROLES)[number];

export interface Choice {
  column: string;
  role: Role;
  /** Of times. */
  format: string;
  /** time: the event's type, or empty where a column says it; customer: the identifier's type; key: its name. */
  as: string;
}

export interface Mapping {
  source: string;
  /** Of times that carry none. */
  zone: string;
  choices: Choice[];
}

const WORDS = {
  type: /^(type|event|event_?type|activity|aktivitet|action|concept:name|händelse|handelse|task|step)$/i,
  time: /(^|[_: ])(time|timestamp|tid|tidpunkt|datum|date|created|created_at|when|occurred)$|^time:timestamp$/i,
  planned:
    /estimat|planned|planer|due|deadline|expected|förvänta|beräkna|promis|utlovad|target|valid|expir|birth|född|fodel/i,
  personnummer: /personnummer|person_?nr|^pnr$|^ssn$|identity_?number/i,
  email: /e-?mail|e-?post|epost/i,
  phone: /phone|mobile|mobil|telefon|msisdn/i,
  customer:
    /^(customer|client|user|member|kund|kundnr|konto|account|subscriber)([_ -]?(id|no|nr|number|nummer|unique_id))?$|kund(nr|nummer|_id)/i,
  process: /^case:concept:name$|^case[_ ]?id$|^case$|^ärende(_?id|nr)?$/i,
  key: /^(.+?)[_ -]?(id|no|nr|nummer|number)$/i,
  channel: /(^|[_:])(channel|kanal)$/i,
  unit: /(^|[_:])(unit|department|enhet|avdelning)$/i,
  agent: /(^|[_:])(agent|resource|handläggare|handlaggare)$/i,
  personal:
    /(first|last|sur|given|family|full)_?name|^name$|förnamn|efternamn|^namn$|street|gata|address|adress/i,
};

/** Words of a name with points between: "order_purchase_timestamp" is "order.purchase". */
export function typeOfColumn(column: string): string {
  const words = column
    .toLowerCase()
    .replace(/[_ -]?(timestamp|datetime|date|time|at|datum|tidpunkt|tid)$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((it) => it);
  return words.join('.') || 'event';
}

const plainName = (column: string) =>
  column
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');

const isTimed = (column: Column) => ['instant', 'date', 'local_time'].includes(column.kind);

function formatOfColumn(column: Column): string | undefined {
  if (isTimed(column)) return 'iso';
  const format = column.kind === 'boolean' ? undefined : formatOf(column.samples);
  // Why: many a number has ten digits.
  if (format?.startsWith('unix') && !/time|tid|date|datum|stamp|created|_at$|^ts$/i.test(column.name))
    return undefined;
  return format;
}

function customerOf(column: Column, source: string): string | undefined {
  const { name, samples } = column;
  if (WORDS.personnummer.test(name)) return 'personnummer';
  const isMail = samples.length > 0 && samples.every((it) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(it));
  if (WORDS.email.test(name) || isMail) return 'email';
  if (WORDS.phone.test(name)) return 'phone';
  if (WORDS.process.test(name)) return `case@${source}`;
  return WORDS.customer.test(name) ? `customer_no@${source}` : undefined;
}

const isType = (column: Column) =>
  WORDS.type.test(column.name) && column.distinct > 0 && column.distinct <= 200 && column.kind === 'text';

function choiceOf(column: Column, source: string): Choice {
  const of = (role: Role, as = '', format = 'iso'): Choice => ({ column: column.name, role, format, as });
  // A column without a name cannot be named in a map.
  if (column.filled === 0 || !column.name) return of('none');
  const format = formatOfColumn(column);
  if (format)
    return of(WORDS.planned.test(column.name) ? 'moment' : 'time', typeOfColumn(column.name), format);
  if (isType(column)) return of('type');
  const customer = customerOf(column, source);
  if (customer) return of('customer', customer);
  for (const role of ['channel', 'unit', 'agent'] as const)
    if (WORDS[role].test(column.name)) return of(role);
  if (WORDS.personal.test(column.name)) return of('none');
  const key = WORDS.key.exec(column.name)?.[1];
  return key && column.distinct > 1 ? of('key', plainName(key)) : of('attribute');
}

/** The time that the type goes with: the one that is called so, else the one with the most different cells. */
function mainTime(choices: Choice[], look: Look): string | undefined {
  const times = choices.filter((it) => it.role === 'time');
  const distinct = (name: string) => look.columns.find((it) => it.name === name)?.distinct ?? 0;
  const isCalledSo = (it: Choice) => (WORDS.time.test(it.column) ? 1 : 0);
  return times.toSorted((a, b) => isCalledSo(b) - isCalledSo(a) || distinct(b.column) - distinct(a.column))[0]
    ?.column;
}

/** Only one column says the type: the others are as any. */
function withOneType(choices: Choice[]): Choice[] {
  const first = choices.find((it) => it.role === 'type');
  return choices.map((it) => (it.role === 'type' && it !== first ? { ...it, role: 'attribute' } : it));
}

export function guess(look: Look, zone: string): Mapping {
  const source = plainName(look.name.split('.')[0] ?? '') || 'file';
  let choices = withOneType(look.columns.map((it) => choiceOf(it, source)));
  if (choices.some((it) => it.role === 'type')) {
    const main = mainTime(choices, look);
    choices = choices.map((it) =>
      it.role !== 'time' ? it : it.column === main ? { ...it, as: '' } : { ...it, role: 'moment', as: '' },
    );
  }
  return { source, zone, choices };
}

/** In our own form already, so that no map is needed (contract/event.md). */
export function isOwnForm(look: Look): boolean {
  const names = new Set(look.columns.map((it) => it.name));
  if (!names.has('type') || !names.has('time')) return false;
  const own =
    /^(id|type|time|known|source|unit|channel|touchpoint|agent|sequence|replaces|voids|(subject|keys?|data)([.].+)?)$/;
  return look.format !== 'parquet' && look.columns.every((it) => own.test(it.name));
}

/** Times that say no zone of their own, so that one must be named. */
export function needsZone(mapping: Mapping, look: Look): boolean {
  return mapping.choices.some((it) => {
    if (it.role !== 'time' && it.role !== 'moment') return false;
    const column = look.columns.find((one) => one.name === it.column);
    if (!column || column.kind === 'instant') return false;
    return column.kind === 'local_time' || column.kind === 'date' || !sayZone(it.format, column.samples);
  });
}

/** What stands in the way of trying it. */
export type Lack = 'time' | 'type' | 'source';

export function lackOf(mapping: Mapping): Lack | undefined {
  const times = mapping.choices.filter((it) => it.role === 'time');
  if (times.length === 0) return 'time';
  const hasType = mapping.choices.some((it) => it.role === 'type');
  if (times.some((it) => !it.as.trim()) && !hasType) return 'type';
  return mapping.source.trim() ? undefined : 'source';
}

// ---- as TOML

/** JSON's way of quoting is also TOML's, but for DEL. */
const quoted = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007F');
const named = (name: string) => (/^[A-Za-z0-9_-]+$/.test(name) ? name : quoted(name));

function timeOf(choice: Choice): string {
  if (choice.format === 'iso') return quoted(choice.column);
  return `{ column = ${quoted(choice.column)}, format = ${quoted(choice.format)} }`;
}

function identifierOf(choice: Choice): string {
  const [type = '', scope] = choice.as.split('@');
  const parts = [`type = ${quoted(type)}`, `column = ${quoted(choice.column)}`];
  if (scope) parts.push(`scope = ${quoted(scope)}`);
  return `{ ${parts.join(', ')} }`;
}

function dataOf(choices: Choice[]): string[] {
  const lines = choices
    .filter((it) => it.role === 'attribute' || it.role === 'moment')
    .map((it) => {
      const name = named(plainName(it.as || it.column) || 'column');
      if (it.role === 'attribute') return `${name} = ${quoted(it.column)}`;
      const format = it.format === 'iso' ? '' : `, format = ${quoted(it.format)}`;
      return `${name} = { column = ${quoted(it.column)}, type = "instant"${format} }`;
    });
  return lines.length > 0 ? ['', '[event.data]', ...lines] : [];
}

function eventOf(time: Choice, choices: Choice[]): string {
  const of = (role: Role) => choices.filter((it) => it.role === role);
  const type = time.as.trim()
    ? quoted(time.as.trim())
    : `{ column = ${quoted(of('type')[0]?.column ?? '')} }`;
  const lines = ['[[event]]', `type = ${type}`, `when = ${timeOf(time)}`];
  const customers = of('customer');
  if (customers.length > 0) lines.push(`subject = [${customers.map(identifierOf).join(', ')}]`);
  const keys = of('key').map((it) => `${named(it.as || plainName(it.column))} = ${quoted(it.column)}`);
  if (keys.length > 0) lines.push(`keys = { ${keys.join(', ')} }`);
  for (const role of ['unit', 'channel', 'touchpoint', 'agent'] as const) {
    const column = of(role)[0]?.column;
    if (column) lines.push(`${role} = { column = ${quoted(column)} }`);
  }
  return [...lines, ...dataOf(choices)].join('\n');
}

/** The map as contract/map.md has it. */
export function tomlOf(mapping: Mapping): string {
  const head = [`source = ${quoted(mapping.source.trim())}`];
  if (mapping.zone) head.push(`zone = ${quoted(mapping.zone)}`);
  const times = mapping.choices.filter((it) => it.role === 'time');
  return `${[head.join('\n'), ...times.map((it) => eventOf(it, mapping.choices))].join('\n\n')}\n`;
}
