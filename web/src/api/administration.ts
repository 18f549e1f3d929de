// Sources, rejects, people, keys, the audit trail and the state of the server.
import { ask, withQuery } from './ask';

export interface Source {
  name: string;
  complete_through: string | null;
  history_start: string | null;
  is_live: boolean;
  event_types: number;
  lag_s: number | null;
  heartbeat_through: string | null;
}

export type RejectState = 'waiting' | 'replayed' | 'dismissed';

export interface Reject {
  number: number;
  received: string;
  kind: string;
  source: string;
  pointer: string;
  reason: string;
  state: RejectState;
  settled_at: string | null;
  settled_by: string;
  note: string;
  /** There was more than `raw` tells. */
  raw_cut: boolean;
  /** What was sent; told to those alone who may mend it. */
  raw?: string;
}

/** The same, for who watches over the server and may not see what could not be used. */
export const readFreshness = () => ask<{ sources: Source[] }>('/v1/state/sources');
export const listSources = () => ask<{ sources: Source[] }>('/v1/sources');
export const putSource = (name: string, lag_s: number | null) =>
  ask<{ sources: Source[] }>(`/v1/sources/${encodeURIComponent(name)}`, { method: 'PUT', body: { lag_s } });
export const listRejects = (query: { state: string; source?: string | undefined; after?: number }) =>
  ask<{ rejects: Reject[]; next_after: number | null }>(withQuery('/v1/rejects', { ...query, limit: 100 }));
export const replayReject = (number: number, mended: unknown) =>
  ask<Reject>(`/v1/rejects/${number}/replay`, {
    method: 'POST',
    ...(mended === undefined ? {} : { body: mended }),
  });
export const dismissReject = (number: number) =>
  ask<Reject>(`/v1/rejects/${number}/dismiss`, { method: 'POST', outlivesPage: true });

export interface Grant {
  role: string;
  unit: string;
}

export interface Person {
  /** Who stands so in the audit trail. */
  number: number;
  login: string;
  name: string;
  roles: Grant[];
  opens_protected: boolean;
  created: string;
  created_by: string;
  disabled: string | null;
}

export interface NewPerson {
  login: string;
  name: string;
  password: string;
  roles: Grant[];
}

export const listPeople = () => ask<{ people: Person[] }>('/v1/people');
export const addPerson = (person: NewPerson) => ask<Person>('/v1/people', { method: 'POST', body: person });
export const changePerson = (
  login: string,
  part: { roles?: Grant[]; disabled?: boolean; opens_protected?: boolean; password?: string },
) => ask<Person>(`/v1/people/${encodeURIComponent(login)}`, { method: 'PATCH', body: part });

export interface ApiKey {
  number: number;
  name: string;
  source: string;
  scopes: string[];
  created: string;
  created_by: string;
  used: string | null;
  revoked: string | null;
}

export const listKeys = () => ask<{ keys: ApiKey[] }>('/v1/keys');
export const addKey = (key: { name: string; source: string; scopes: string[] }) =>
  ask<ApiKey & { key: string }>('/v1/keys', { method: 'POST', body: key });
export const revokeKey = (number: number) =>
  ask(`/v1/keys/${number}`, { method: 'DELETE', outlivesPage: true });

export interface AuditLine {
  number: number;
  at: string;
  who_kind: string;
  who: string;
  what: string;
  whom: string;
  why: string;
  details: string;
}

export const readAudit = (query: {
  whom?: string | undefined;
  who?: string | undefined;
  beyond?: number | undefined;
}) =>
  ask<{ lines: AuditLine[]; next_beyond: number | null }>(
    withQuery('/v1/audit', { ...query, order: 'newest', limit: 100 }),
  );

export interface ServerState {
  events: number;
  duplicates: number;
  refused: number;
  waiting_events: number;
  uncommitted_events: number;
  evaluated_position: number;
  durable_position: number;
  instances: number;
  customers: number;
  deadlines: number;
  changes: number;
  queued_bytes: number;
  waiting_rejects: number;
  /** When the oldest that waits came in. */
  waiting_since: string | null;
  free_disk_bytes: number | null;
  version: string;
  notices: {
    mail: 'on' | 'off';
    webhooks: number;
    failing_webhooks: number;
    webhooks_off: number;
    waiting_items: number;
    failure: string | null;
  } | null;
  failure: string | null;
}

/** Opening hours of a day: "08:00-17:00"; none is closed. */
export type DayHours = string[];

export interface Calendar {
  name: string;
  is_built_in: boolean;
  extends: string | null;
  /** From Monday. */
  week: DayHours[];
  special_days: { date: string; name: string; hours: DayHours }[];
  other_versions_from: string[];
}

export const listCalendars = () => ask<{ from: string; to: string; calendars: Calendar[] }>('/v1/calendars');

export const readState = () => ask<ServerState>('/v1/state');
