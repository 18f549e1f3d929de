// GET and POST /v1/card, GET /v1/customers/{customer}/timeline and /v1/cause/{contact}: contract/api.md.
import { ask, withQuery } from './ask';

export type VerdictName = 'pending' | 'overdue' | 'kept' | 'late' | 'broken' | 'void' | 'unknown';

export interface Normal {
  median_s: number;
  ninetieth_s: number;
  of: number;
  longer_than_percent: number | null;
  sentence: string;
}

export interface OpenPromise {
  promise: string;
  title: string;
  unit: string;
  activation: string;
  due: string | null;
  state: VerdictName;
  still_owed: boolean;
  failed: string | null;
  about: Record<string, string>;
  why: string;
  normal: Normal | null;
}

export interface Contact {
  contact: string | null;
  time: string;
  channel: string | null;
  unit: string | null;
  number: number;
  of: number;
  outcome: string | null;
  transfers: number;
  could_not_help: string[];
}

export interface Matter {
  matter: string | null;
  reason: string | null;
  order: string | null;
  contacts_in_all: number;
  tried_herself: number;
  tried_in_vain: number;
  contacts: Contact[];
}

export interface Identifier {
  type: string;
  value: string;
  shared: boolean;
}

export interface Who {
  name: string;
  sure: 'identity_number' | 'own_identifier' | 'shared_only';
  known_as: Identifier[];
  found_by?: string;
  last_contact?: string | null;
  protected?: boolean;
}

export interface Card {
  promises: OpenPromise[];
  watched: OpenPromise[];
  matters: Matter[];
  facts: {
    fact: string;
    given: string[];
    channel: string | null;
    unit: string | null;
    asked_again: number;
  }[];
  offers: {
    offer: string;
    sent: string | null;
    used: string | null;
    acknowledged: { unit: string; time: string }[];
  }[];
  failed_identifications: { time: string; channel: string | null; why: string | null }[];
  broken_last_year: { broken: number; late: number; promises: OpenPromise[] };
  can_leave: { can: boolean | null; since: string | null; why: string | null; binding: string | null } | null;
  /** Mandates of my own roles and units; what fits her trouble first. */
  may_do: {
    trouble: string;
    remedy: string;
    limit: number | null;
    limit_in: string | null;
    above: string | null;
    unit: string;
    role: string;
    fits: boolean;
  }[];
  /** Who acts for her. */
  ombud: {
    ombud: string | null;
    name: string | null;
    may: string | null;
    since: string;
    until: string | null;
  }[];
  last_touches: { channel: string | null; time: string; type: string; unit: string | null }[];
  last_contact: string | null;
  customer: Who;
  /** Shown all the same, to those who may open protected identities. */
  protected: boolean;
  as_of: string;
}

export interface ProtectedCard {
  customer: { name: string; protected: true };
  protected: true;
  ask: string[];
}

export interface Candidates {
  candidates: Who[];
  found_by: string;
  more: boolean;
}

export type Found = Card | ProtectedCard | Candidates;

/** Nothing is told of her but whom to ask. */
export const isClosed = (found: Card | ProtectedCard): found is ProtectedCard => 'ask' in found;
export const isCandidates = (found: Found): found is Candidates => 'candidates' in found;

export interface TimelineEvent {
  id: string;
  source: string;
  type: string;
  time: string;
  known?: string;
  unit?: string;
  channel?: string;
  touchpoint?: string;
  keys?: Record<string, string>;
  data?: Record<string, string | number | boolean | null>;
}

export interface TimelinePage {
  customer: string;
  events: TimelineEvent[];
  next_before: number | null;
}

/** All that she was promised, once each: from activation to due to what came of it. */
export interface PromisedInstance {
  promise: string;
  title: string;
  unit: string | null;
  activation: string;
  due: string | null;
  /** When it was fulfilled (kept, late) or failed (broken). */
  settled: string | null;
  state: VerdictName;
  still_owed: boolean;
  /** Somebody is to do something; the others are kept by letting something be. */
  to_be_done: boolean;
  rescued: boolean;
  about: Record<string, string>;
  why: string;
}

export interface Promised {
  as_of: string;
  promises: PromisedInstance[];
  of: number;
}

/** Each look is noted with its reason; `why` is the call's id where the page was opened from one. */
export const findCustomer = (q: string, why: string) =>
  ask<Found>('/v1/card', { method: 'POST', body: { q, why } });
export const readCard = (customer: string, why: string) =>
  ask<Card | ProtectedCard>(withQuery('/v1/card', { customer, why }));
export const readTimeline = (customer: string, before: number | undefined, why: string) =>
  ask<TimelinePage>(
    withQuery(`/v1/customers/${encodeURIComponent(customer)}/timeline`, { before, limit: 200, why }),
  );

/** `asOf`: only what could have been known then. */
export const readPromised = (customer: string, asOf: string | undefined, why: string) =>
  ask<Promised>(withQuery(`/v1/customers/${encodeURIComponent(customer)}/promises`, { as_of: asOf, why }));

export interface CauseStep {
  step: 'contact' | 'promise' | 'broken_by' | 'unit' | 'others' | string;
  [field: string]: unknown;
}

export interface Cause {
  contact: string;
  found: boolean;
  customer?: string;
  steps: CauseStep[];
}

/** `customer`: whose contact it is, where that is known; others may have one of the same key. */
export const readCause = (contact: string, customer: string | undefined, why: string) =>
  contact.includes('/')
    ? ask<Cause>(withQuery('/v1/cause', { contact, customer, why }))
    : ask<Cause>(withQuery(`/v1/cause/${encodeURIComponent(contact)}`, { customer, why }));

// Why the customer: others may have a contact of the same key.
const matterOf = (customer: string, contact: string) =>
  withQuery(`/v1/contacts/${encodeURIComponent(contact)}/matter`, { customer });

/** This contact of hers was about that matter; null: about something of its own. */
export const correctMatter = (customer: string, contact: string, matter: string | null) =>
  ask(matterOf(customer, contact), { method: 'PUT', body: { matter } });
export const restoreMatter = (customer: string, contact: string) =>
  ask(matterOf(customer, contact), { method: 'DELETE' });
