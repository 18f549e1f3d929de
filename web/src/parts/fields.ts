import type { Field, RegisterRecord, Value, Values } from '../api/registers';
import { instantOf, typedInstant } from './zone';

/** What stands in the fields of a form: texts, as one types them. Yes/no is "true" or "". */
export type Typed = Record<string, string>;

/** A value as a form shows it. */
export function typedOf(field: Field, value: Value | undefined): string {
  if (value === undefined || value === null || value === false) return '';
  if (field.kind === 'instant' && typeof value === 'string') return typedInstant(new Date(value));
  if (field.kind === 'customer' && Array.isArray(value)) {
    return value.map((it) => (typeof it === 'string' ? it : `${it.type}:${it.value}`)).join(', ');
  }
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? '' : String(value);
}

export const typedRecord = (fields: Field[], record: RegisterRecord): Typed =>
  Object.fromEntries(fields.map((it) => [it.id, typedOf(it, record.values[it.id])]));

const listOf = (text: string) =>
  text
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it);

/** What she is known by, as the server takes it; the type is guessed from how it looks. */
function identifiersOf(text: string): { type: string; value: string }[] {
  return listOf(text).map((it) => {
    const [type, ...rest] = it.split(':');
    if (type && rest.length > 0) return { type, value: rest.join(':') };
    if (it.includes('@')) return { type: 'email', value: it };
    return /^\+?[\d\s-]{7,15}$/.test(it) && /^(\+|0)/.test(it)
      ? { type: 'phone', value: it }
      : { type: 'customer_no', value: it };
  });
}

/** A typed text as the server takes it; `null` empties a field. */
export function valueOfTyped(field: Field, text: string): Value {
  const trimmed = text.trim();
  if (field.kind === 'yes/no') return text === 'true';
  if (!trimmed) return null;
  if (field.kind === 'number') return Number(trimmed.replace(',', '.'));
  if (field.kind === 'instant') return instantOf(trimmed)?.toISOString() ?? trimmed;
  if (field.kind === 'customer') return identifiersOf(trimmed);
  if (field.kind === 'link') return field.many ? listOf(trimmed) : trimmed;
  return trimmed;
}

/** Of the fields that hold something other than before. */
export function changesOf(fields: Field[], typed: Typed, before: Typed): Values {
  const changes: Values = {};
  for (const field of fields) {
    const text = typed[field.id] ?? '';
    if (text !== (before[field.id] ?? '')) changes[field.id] = valueOfTyped(field, text);
  }
  return changes;
}

/** Whether a form must have it, as far as one sees from its other fields. */
export function isRequired(field: Field, typed: Typed): boolean {
  if (typeof field.required === 'boolean') return field.required;
  return Object.entries(field.required).every(([id, wanted]) =>
    typeof wanted === 'boolean' ? (typed[id] === 'true') === wanted : typed[id] === wanted,
  );
}
