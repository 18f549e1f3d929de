// Promises and what became of them: GET /v1/promises, /v1/gap (contract/gap.schema.json), check, back-test, publish.
import { ask, askWhole, withQuery } from './ask';
import type { VerdictName } from './customers';

export interface PromiseLine {
  id: string;
  title: string;
  version: number;
  unit: string | null;
  weight: number;
  in_force: boolean;
  /** What is said in public, and where. */
  claims: { wording: string; at: string | null }[];
}

export type TargetState = 'kept' | 'missed' | 'on_course' | 'off_course' | 'too_few';

export interface Figures {
  instances: number;
  kept: number;
  late: number;
  broken: number;
  pending: number;
  overdue: number;
  void: number;
  unknown: number;
  rate: number | null;
  wilson: [number, number] | null;
  target: number | null;
  target_state: TargetState | null;
  customers: number;
  customers_with_broken: number;
  late_by_s: { p50: number | null; p90: number | null };
  rescued: number;
}

export interface PeriodFigures extends Figures {
  from: string;
  to: string;
}

export interface GroupFigures extends Figures {
  by: string;
  value: string | number | boolean | null;
}

export interface PromiseGap extends Figures {
  id: string;
  title: string;
  version: number;
  unit: string | null;
  periods?: PeriodFigures[];
  groups?: GroupFigures[];
}

export interface Gap {
  complete_through: string | null;
  promises: PromiseGap[];
}

export interface PromiseVersion {
  id: string;
  version: number;
  from: string | null;
  published_at: string;
  published_by: string;
  why: string;
  withdrawn_at: string | null;
  withdrawn_why: string | null;
  text: string;
}

export interface Instance {
  promise: string;
  version: number;
  customer: string | null;
  activation: { source: string; id: string; time: string; type: string };
  due: string | null;
  verdict: VerdictName;
  final: boolean;
  rescued: boolean;
  late_by_s: number | null;
  reason: string;
}

export interface Place {
  line: number;
  column: number;
}

export interface Diagnostic {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  suggestion: string | null;
  from: Place;
  to: Place;
}

export interface Checked {
  ok: boolean;
  diagnostics: Diagnostic[];
  promises?: { id: string; title: string; text: string }[];
}

export type Counts = Pick<
  Figures,
  'pending' | 'overdue' | 'kept' | 'late' | 'broken' | 'void' | 'unknown' | 'rate'
>;

export interface BackTest {
  draft: string;
  against: string | null;
  in_force?: Counts;
  with_draft?: Counts;
  changed?: number;
  changes?: {
    customer: string;
    activation_time: string;
    in_force: VerdictName | null;
    draft: VerdictName | null;
  }[];
  gap?: Gap;
}

export const listPromises = () => ask<{ promises: PromiseLine[] }>('/v1/promises');
export const readGap = (query: { promise?: string; each?: string; by?: string[]; from?: string }) =>
  ask<Gap>(withQuery('/v1/gap', query));
export const readPromise = (id: string) =>
  askWhole<{ id: string; versions: PromiseVersion[] }>(`/v1/promises/${encodeURIComponent(id)}`);
export const readInstances = (id: string, verdict: string, limit: number) =>
  ask<{ instances: Instance[] }>(
    withQuery(`/v1/promises/${encodeURIComponent(id)}/instances`, { verdict, limit }),
  );
export const checkText = (text: string, signal: AbortSignal) =>
  ask<Checked>('/v1/promises/check', { method: 'POST', body: { text }, signal });
export const backTest = (text: string, against: string | undefined) =>
  ask<BackTest>('/v1/promises/backtest', { method: 'POST', body: { text, against } });
/** It judges nothing from now on; cannot be taken back, but a new version can be published. */
export const withdraw = (id: string, why: string, ifMatch: string | undefined) =>
  ask<PromiseVersion>(`/v1/promises/${encodeURIComponent(id)}/withdraw`, {
    method: 'POST',
    body: { why },
    ifMatch,
    outlivesPage: true,
  });
export const publish = (text: string, why: string, ifMatch: string | undefined) =>
  ask<PromiseVersion & { changes: number }>('/v1/promises', { method: 'POST', body: { text, why }, ifMatch });

/** What a promise may name in this installation. */
export interface Vocabulary {
  types: string[];
  keys: string[];
  attributes: string[];
  units: string[];
  calendars: string[];
}

export const readVocabulary = () => ask<Vocabulary>('/v1/vocabulary');
