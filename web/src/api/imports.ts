// Files: sent once, looked at, tried by a map, imported, taken out again (contract/intake.md, Files in a browser).
import { ask, sendFile, withQuery } from './ask';

export type ColumnKind = 'text' | 'number' | 'boolean' | 'instant' | 'date' | 'local_time';

export interface Column {
  name: string;
  kind: ColumnKind;
  /** Of the records that were looked at: with something in the cell, and how many different things. */
  filled: number;
  distinct: number;
  samples: string[];
}

export interface Look {
  upload: string;
  name: string;
  bytes: number;
  format: 'csv' | 'json' | 'xes' | 'parquet';
  records: number;
  whole: boolean;
  columns: Column[];
}

export interface TriedEvent {
  type: string;
  time: string;
  subject?: { type: string; value: string }[];
  keys?: Record<string, string>;
  data?: Record<string, string | number | boolean>;
  unit?: string;
  channel?: string;
}

export interface Warning {
  text: string;
  count: number;
  first_line: number;
  detail: string;
}

export interface Trial {
  format: string;
  records: number;
  whole: boolean;
  events: number;
  rejected: number;
  without_event: number;
  customers: number;
  without_customer: number;
  first_time: string | null;
  last_time: string | null;
  types: { type: string; events: number }[];
  first: TriedEvent[];
  rejects: { line: number; record: number; column: string; reason: string; raw?: string }[];
  warnings: Warning[];
}

export interface Import {
  number: number;
  file: string;
  source: string;
  started: string;
  finished: string;
  events: number;
  duplicates: number;
  rejected: number;
  future_events: number;
  first_event: string | null;
  last_event: string | null;
  removed: string | null;
}

export interface Imported extends Import {
  without_event: number;
  warnings: Warning[];
  /** Our own name of somebody who is in the file. */
  customer: string | null;
}

/** How a file is to be read: a map, or none where it is in our own form. */
export interface Reading {
  map: string;
  source: string;
  zone: string;
}

const uploadPath = (id: string) => `/v1/uploads/${encodeURIComponent(id)}`;

export const sendUpload = (file: File, progress: (share: number) => void) =>
  sendFile<Look>(withQuery('/v1/uploads', { name: file.name }), file, progress);
export const tryUpload = (id: string, reading: Reading, signal: AbortSignal) =>
  ask<Trial>(`${uploadPath(id)}/try`, { method: 'POST', body: reading, signal });
export const importUpload = (id: string, reading: Reading) =>
  ask<Imported>(`${uploadPath(id)}/import`, { method: 'POST', body: reading });
/** How far the import of an upload is: events of the file read, and how many of them are stored. */
export interface ImportSteps {
  step: 'none' | 'reading' | 'storing' | 'judging';
  read: number;
  stored: number;
}

export const readSteps = (id: string, signal: AbortSignal) => ask<ImportSteps>(uploadPath(id), { signal });
export const dropUpload = (id: string) => ask(uploadPath(id), { method: 'DELETE' });
export const listImports = () => ask<{ imports: Import[] }>('/v1/imports');
/** A row of a file that could not be used. */
export interface RejectedRow {
  line: number;
  record: number;
  column: string;
  reason: string;
  /** As it stood; told to those alone who may mend. */
  raw?: string;
}
export const listRejectedRows = (number: string, after: number) =>
  ask<{ import: number; file: string; rejected: number; rejects: RejectedRow[]; next_after: number | null }>(
    withQuery(`/v1/imports/${encodeURIComponent(number)}/rejects`, { after, limit: 200 }),
  );
export const removeImport = (number: number) => ask<Import>(`/v1/imports/${number}`, { method: 'DELETE' });
export const loadDemo = () => ask<{ events: number; customers: number }>('/v1/demo', { method: 'POST' });
