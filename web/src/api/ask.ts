import { Problem, problemOf, UNREACHABLE } from './problem';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface Question {
  method?: Method;
  body?: unknown;
  /** The version that was read, where the answer gave one. */
  ifMatch?: string | undefined;
  signal?: AbortSignal;
  /** Goes out even where the page is left at that moment; for small bodies. */
  outlivesPage?: boolean;
}

export interface Answer<T> {
  data: T;
  etag: string | undefined;
}

// What every request carries, and what is said where none arrives; set by the session and by the language.
const carried: { csrf: string; language: string; unreachable: string | undefined } = {
  csrf: '',
  language: 'sv',
  unreachable: undefined,
};

const away = () =>
  new Problem(UNREACHABLE, 'Unreachable', carried.unreachable ?? 'The server does not answer.');

export function carry(part: Partial<typeof carried>): void {
  Object.assign(carried, part);
}

function headersOf(question: Question): Headers {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': carried.language });
  if (question.body !== undefined) headers.set('Content-Type', 'application/json');
  if (question.method && question.method !== 'GET') headers.set('X-CSRF-Token', carried.csrf);
  if (question.ifMatch) headers.set('If-Match', question.ifMatch);
  return headers;
}

/** Asks the server. Throws Problem, and nothing else. */
export async function askWhole<T>(path: string, question: Question = {}): Promise<Answer<T>> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: question.method ?? 'GET',
      headers: headersOf(question),
      credentials: 'same-origin',
      keepalive: question.outlivesPage ?? false,
      ...(question.body === undefined ? {} : { body: JSON.stringify(question.body) }),
      ...(question.signal ? { signal: question.signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw away();
  }
  if (!answer.ok) throw await problemOf(answer);
  return { data: (await answer.json()) as T, etag: answer.headers.get('ETag') ?? undefined };
}

export async function ask<T>(path: string, question: Question = {}): Promise<T> {
  return (await askWhole<T>(path, question)).data;
}

/** Sends a file, telling what share of it is on its way. Throws Problem, and nothing else. */
export function sendFile<T>(path: string, file: Blob, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    // Why not fetch: it does not tell how much has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of headersOf({ method: 'POST' })) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => progress(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => reject(away());
    request.onload = async () => {
      if (request.status < 300) {
        resolve(JSON.parse(request.responseText) as T);
        return;
      }
      reject(await problemOf(new Response(request.responseText, { status: request.status })));
    };
    request.send(file);
  });
}

type QueryValue = string | number | undefined;

/** A path with its query; what is empty is left out, and what there are several of is said as often. */
export function withQuery(path: string, query: Record<string, QueryValue | QueryValue[]>): string {
  const parts = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of Array.isArray(values) ? values : [values])
      if (value !== undefined && value !== '') parts.append(name, String(value));
  }
  const text = parts.toString();
  return text ? `${path}?${text}` : path;
}
