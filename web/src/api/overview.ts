// What is about to break, and what came of what broke: GET /v1/due, /v1/causes (contract/api.md).
import { ask, withQuery } from './ask';
import type { VerdictName } from './customers';

export interface NearDue {
  promise: string;
  title: string;
  unit: string | null;
  customer: string;
  due: string;
  /** Until due, by the promise's clock. */
  left_s: number;
  state: Extract<VerdictName, 'pending' | 'overdue'>;
  warn_at: string | null;
  warned: boolean;
}

export interface Due {
  as_of: string;
  hours: number;
  due: NearDue[];
  units: {
    unit: string | null;
    near: number;
    overdue: number;
    recipients: number;
    /** For those alone who look after them. */
    names: string[] | null;
  }[];
}

export interface LetDownAt {
  unit: string | null;
  touchpoint: string | null;
  times: number;
  customers: number;
  again: number;
  contacts: number;
  met_elsewhere: number;
}

export interface BrokenBy {
  promise: string;
  title: string;
  unit: string | null;
  made_by: string | null;
  broken_by: string | null;
  times: number;
  customers: number;
}

export interface MetBy {
  promise: string;
  title: string;
  unit: string | null;
  met_by: string | null;
  contacts: number;
  customers: number;
}

export interface Chain {
  customer: string;
  matter: string;
  kind: string;
  reason: string | null;
  contacts: number;
  first: string;
  last: string;
  met_by: string[];
  promise: string | null;
  title: string | null;
  unit: string | null;
}

export interface FeltParts {
  unhappy: number;
  neither: number;
  happy: number;
}

export interface Causes {
  from: string;
  to: string;
  places: LetDownAt[];
  broken: BrokenBy[];
  met: MetBy[];
  chains: { going_on: number; longest: Chain[] };
  felt: { let_down: FeltParts; others: FeltParts };
}

export const readDue = (query: { hours: number; unit?: string; limit: number }) =>
  ask<Due>(withQuery('/v1/due', query));
export const readCauses = (from: string, to: string) => ask<Causes>(withQuery('/v1/causes', { from, to }));
