// A promise's text in tokens, for completion and the form. Whoever needs to know what is right asks the server.
import { englishOf, KEYWORDS, type Spelling } from './keywords';

export type TokenKind = 'keyword' | 'word' | 'quoted' | 'open' | 'number' | 'sign' | 'comment';

export interface Token {
  kind: TokenKind;
  /** Keywords in English; quoted without its quotes. */
  text: string;
  from: number;
  to: number;
}

const QUOTED = /"((?:[^"\\\n]|\\.)*)("?)/y;
const WORD = /[\p{L}\p{N}_]+(?:[.\-@:][\p{L}\p{N}_]+)*(?:\.\*)?/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?![\p{L}\p{N}_.:@-]*[\p{L}_:@-])/uy;
const SIGN = /!=|<=|>=|[^\s]/uy;

const escaped = (text: string) => text.replaceAll(' ', '\\s+');
const keywordAt = (spelling: Spelling) =>
  new RegExp(
    `(?:${KEYWORDS[spelling].map(escaped).join('|')})(?![\\p{L}\\p{N}_]|[.\\-@:][\\p{L}\\p{N}_])`,
    'uy',
  );
const AT: Record<Spelling, RegExp> = { en: keywordAt('en'), sv: keywordAt('sv') };

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function tokenAt(text: string, at: number, spelling: Spelling): Token {
  const of = (kind: TokenKind, found: RegExpExecArray, said = found[0]): Token => ({
    kind,
    text: said,
    from: at,
    to: at + found[0].length,
  });
  if (text[at] === '#') {
    const end = text.indexOf('\n', at);
    return { kind: 'comment', text: '', from: at, to: end < 0 ? text.length : end };
  }
  const quoted = match(QUOTED, text, at);
  if (quoted) {
    const inside = (quoted[1] ?? '').replaceAll(/\\(["\\])/g, '$1');
    return of(quoted[2] ? 'quoted' : 'open', quoted, inside);
  }
  const number = match(NUMBER, text, at);
  if (number) return of('number', number);
  const keyword = match(AT[spelling], text, at);
  if (keyword) return of('keyword', keyword, englishOf(keyword[0].replaceAll(/\s+/g, ' '), spelling));
  const word = match(WORD, text, at);
  if (word) return of('word', word);
  return of('sign', match(SIGN, text, at) as RegExpExecArray);
}

export function tokensOf(text: string, spelling: Spelling): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at, spelling);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}
