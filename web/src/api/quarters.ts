// What leaders guess each quarter, measured: GET /v1/quarters, POST /v1/guesses/{id}/show (contract/api.md).
import { ask, withQuery } from './ask';
import type { RegisterRecord } from './registers';

export interface StoryContact {
  time: string;
  contact: string | null;
  channel: string | null;
  unit: string | null;
  outcome: string | null;
  could_not_help: string[];
}

export interface Quarter {
  quarter: string;
  from: string;
  to: string;
  promises_kept: number | null;
  fourth_contact: number | null;
  minutes_to_human: number | null;
  asked_twice: number | null;
  cannot_leave: number | null;
  felt: { unhappy: number; neither: number; happy: number };
  words: { time: string; score: number; about: string | null; text: string }[];
  story: { reason: string | null; contacts: StoryContact[] } | null;
}

export const readQuarters = (unit: string) =>
  ask<{ quarters: Quarter[] }>(withQuery('/v1/quarters', { unit }));
export const showGuess = (id: string) =>
  ask<RegisterRecord>(`/v1/guesses/${encodeURIComponent(id)}/show`, { method: 'POST' });
