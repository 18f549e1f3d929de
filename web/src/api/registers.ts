// What people write down: commitments, blocked help, cases (contract/registers.md).
import { ask, withQuery } from './ask';
import type { Identifier } from './customers';

export interface Named {
  sv: string;
  en: string;
}

export type FieldKind =
  | 'text'
  | 'long text'
  | 'number'
  | 'instant'
  | 'date'
  | 'yes/no'
  | 'choice'
  | 'unit'
  | 'person'
  | 'promise'
  | 'customer'
  | 'event'
  | 'link';

export interface Field {
  id: string;
  kind: FieldKind;
  name: Named;
  help: Named | null;
  /** Or the conditions under which it is. */
  required: boolean | Record<string, string | boolean>;
  personal: boolean;
  at_creation: boolean;
  max_length?: number;
  form?: string;
  min?: number;
  max?: number;
  whole?: boolean;
  measure?: string;
  values?: { id: string; name: Named }[];
  registers?: string[];
  many?: boolean;
  set_in?: string[];
  starts_as?: string;
  beside?: string;
}

export interface Move {
  to: string;
  name: Named;
  comment: boolean;
  takes: boolean;
  needs: string[];
  asks: string[];
}

export interface State {
  id: string;
  name: Named;
  owes: boolean;
  final: boolean;
}

export interface Definition {
  id: string;
  name: Named;
  plural: Named;
  help: Named | null;
  title: string;
  owner: string | null;
  unit: string | null;
  customer: string | null;
  always_comment: boolean;
  initial: string;
  fields: Field[];
  states: State[];
  moves: (Move & { from: string[] })[];
}

export type Value =
  | string
  | number
  | boolean
  | null
  | string[]
  | { type: string; value: string }[]
  | { source: string; id: string };

export interface RegisterLine {
  id: string;
  register: string;
  version: number;
  state: string;
  title: string | null;
  owner: string | null;
  unit: string | null;
  created_at: string;
  created_by: string | null;
  state_since: string;
  due: string | null;
  overdue: boolean;
  values: Record<string, Value>;
  masked: string[];
  sealed: string[];
}

/** A record shown alone: also where it leads, what leads to it, and what I may do with it. */
export interface RegisterRecord extends RegisterLine {
  links: RecordLink[];
  linked_from: RecordLink[];
  moves: Move[];
  may_change: boolean;
  may_comment: boolean;
}

export interface RecordLink {
  id: string;
  register?: string;
  state?: string | null;
  title?: string | null;
  field?: string;
}

export interface HistoryLine {
  version: number;
  at: string;
  by: { id: string | null; name: string | null } | null;
  action: string;
  from_state: string | null;
  to_state: string | null;
  comment: string | null;
  changes: { field: string; from?: Value; to?: Value; masked?: boolean; sealed?: boolean }[];
}

export interface RegisterCounts {
  records: number;
  overdue: number;
  states: Record<string, number>;
  units: Record<string, number>;
}

export interface RecordQuery {
  state?: string[] | undefined;
  unit?: string | undefined;
  /** That waits for the answer. */
  for_unit?: string | undefined;
  owner?: string | undefined;
  creator?: string | undefined;
  text?: string | undefined;
  overdue?: boolean | undefined;
  order?: 'due' | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export type Values = Record<string, Value>;

const post = (path: string, values: Values, comment?: string) =>
  ask<RegisterRecord>(path, { method: 'POST', body: comment ? { values, comment } : { values } });
const register = (id: string) => `/v1/registers/${encodeURIComponent(id)}`;
const record = (id: string) => `/v1/records/${encodeURIComponent(id)}`;

export const listDefinitions = () => ask<{ registers: Definition[] }>('/v1/registers');
export const countRecords = (id: string) => ask<RegisterCounts>(`${register(id)}/counts`);
export const readRecord = (id: string) => ask<RegisterRecord>(record(id));
export const readHistory = (id: string) =>
  ask<{ changes: HistoryLine[]; next: number | null }>(withQuery(`${record(id)}/history`, { limit: 100 }));

export function listRecords(id: string, query: RecordQuery) {
  return ask<{ records: RegisterLine[]; next: string | null }>(
    withQuery(`${register(id)}/records`, { ...query, overdue: query.overdue ? 'true' : undefined }),
  );
}

export const createRecord = (id: string, values: Values, comment?: string) =>
  post(`${register(id)}/records`, values, comment);
export const changeRecord = (id: string, version: number, values: Values, comment: string | undefined) =>
  ask<RegisterRecord>(record(id), {
    method: 'PATCH',
    body: comment ? { values, comment } : { values },
    ifMatch: `"${version}"`,
  });
export const commentRecord = (id: string, comment: string) =>
  ask<RegisterRecord>(`${record(id)}/comment`, { method: 'POST', body: { comment } });
export const moveWith = (id: string, to: string, values: Values, comment: string | undefined) =>
  ask<RegisterRecord>(`${record(id)}/move`, {
    method: 'POST',
    body: comment ? { to, values, comment } : { to, values },
  });
/** Takes back my last change, of which `version` came: a change too, with the reason. */
export const undoRecord = (id: string, version: number, comment: string) =>
  ask<RegisterRecord>(`${record(id)}/undo`, {
    method: 'POST',
    body: { comment },
    ifMatch: `"${version}"`,
  });

/** What is promised, not yet promised: with the chance that it holds, as those alike tell it. */
export interface CommitmentDraft {
  draft: string;
  until: string;
  chance: { of: number; chance: number | null; few: boolean; sentence: string } | null;
}

export const draftCommitment = (values: Values) =>
  ask<CommitmentDraft>('/v1/commitments', { method: 'POST', body: { values } });
export const confirmCommitment = (draft: string) =>
  ask<RegisterRecord>('/v1/commitments', { method: 'POST', body: { confirm: draft } });
/** The customer says that somebody promised, and nothing stands written: made at once. */
export const claimCommitment = (values: Values) => post('/v1/commitments', { ...values, claimed: true });
export const reportBlockedHelp = (values: Values) => post('/v1/help-blocked', values);
export const openCase = (values: Values, comment: string) =>
  post('/v1/registers/case/records', values, comment);
export const moveRecord = (id: string, to: string, comment: string) =>
  ask<RegisterRecord>(`/v1/records/${encodeURIComponent(id)}/move`, {
    method: 'POST',
    body: { to, comment },
  });

/** States of a case in which somebody still owes an answer. */
export const OPEN_CASES = ['open', 'taken', 'escalated', 'reopened'];

/** What she is known by, for a record: an identifier of her own where there is one. */
export function subjectOf(identifiers: Identifier[]): { type: string; value: string }[] {
  const own = identifiers.filter((it) => !it.shared && it.type !== 'personnummer');
  const best = own.find((it) => it.type.startsWith('customer_no')) ?? own[0] ?? identifiers[0];
  return best ? [{ type: best.type, value: best.value }] : [];
}
