/** What went wrong, as the server says it (RFC 9457): `message` is the sentence of what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  /** What is wrong where in what was sent: JSON pointers. */
  readonly parts: { pointer: string; detail: string }[];

  constructor(status: number, title: string, detail: string, parts: Problem['parts'] = []) {
    super(detail);
    this.status = status;
    this.title = title;
    this.parts = parts;
  }
}

/** No answer came at all: the server is away, or the network. */
export const UNREACHABLE = 0;

export async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = await answer.json();
    return new Problem(answer.status, String(body.title), String(body.detail), body.errors ?? []);
  } catch {
    return new Problem(answer.status, answer.statusText, answer.statusText);
  }
}
