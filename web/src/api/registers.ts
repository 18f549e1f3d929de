// What people write down: commitments, blocked help, cases (contract/registers.md).
import { ask } from './ask';
import type { Identifier } from './customers';

export interface RegisterRecord {
  id: string;
  register: string;
  version: number;
  state: string;
  title: string;
  due: string | null;
  moves: { to: string; comment: boolean; needs: string[] }[];
}

type Values = Record<string, string | number | boolean | null | { type: string; value: string }[]>;

const post = (path: string, values: Values, comment?: string) =>
  ask<RegisterRecord>(path, { method: 'POST', body: comment ? { values, comment } : { values } });

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

/** What she is known by, for a record: an identifier of her own where there is one. */
export function subjectOf(identifiers: Identifier[]): { type: string; value: string }[] {
  const own = identifiers.filter((it) => !it.shared && it.type !== 'personnummer');
  const best = own.find((it) => it.type.startsWith('customer_no')) ?? own[0] ?? identifiers[0];
  return best ? [{ type: best.type, value: best.value }] : [];
}
