import { readdirSync, readFileSync } from 'node:fs';
import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import english from './en.json';
import swedish from './sv.json';

const source = `${import.meta.dirname}/..`;
const catalogues: [string, Record<string, string>][] = [
  ['sv-SE', swedish],
  ['en-GB', english],
];
/** What data names, and `useTerm` finds by the name. */
const TERMS =
  /^(verdict|channel|reason|outcome|blocked|fact|failure|identifier|leave|event|data|why|product|target|action|role|scope|audit|touchpoint|survey|interval|language)\./;

test('both languages say the same things', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(swedish).sort());
});

/** Names of values, not the branches of a plural. */
const NAMES = /(?<!\b(?:one|two|few|other|=\d) )\{(\w+)\s*[,}]/g;

test('both take the same values', () => {
  const values = (text: string) => [...new Set([...text.matchAll(NAMES)].map((it) => it[1]))].sort();
  for (const [id, text] of Object.entries(swedish)) {
    expect(values((english as Record<string, string>)[id] ?? ''), id).toEqual(values(text));
  }
});

test.each(catalogues)('every message of %s can be said', (locale, messages) => {
  const faults: string[] = [];
  const intl = createIntl({ locale, messages, onError: (error) => faults.push(error.message) });
  const values = { n: 4, of: 6, line: 1, column: 2, broken: 2 };
  for (const [id, text] of Object.entries(messages)) {
    const names = [...text.matchAll(/\{(\w+)/g)].map((it) => it[1] ?? '');
    const rest = Object.fromEntries(names.map((it) => [it, 'x']));
    expect(intl.formatMessage({ id }, { ...rest, ...values })).not.toBe('');
  }
  expect(faults).toEqual([]);
});

test('every message is used', () => {
  const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((it) => /\.tsx?$/.test(it) && !it.includes('.test.'))
    .map((it) => readFileSync(`${source}/${it}`, 'utf8'))
    .join('\n');
  const says = (it: string) => texts.includes(`'${it}'`) || texts.includes(`="${it}"`);
  const built = [...texts.matchAll(/`([\w.-]+\.)\$\{/g)].map((it) => it[1] ?? '');
  const unused = Object.keys(swedish).filter(
    (it) => !says(it) && !TERMS.test(it) && !built.some((prefix) => it.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

test('the fourth contact is counted as each language counts', () => {
  const say = (locale: string, messages: Record<string, string>, n: number) =>
    createIntl({ locale, messages }).formatMessage({ id: 'customer.nth' }, { n });
  expect(say('sv-SE', swedish, 21)).toBe('21:a kontakten');
  expect(say('sv-SE', swedish, 24)).toBe('24:e kontakten');
  expect(say('en-GB', english, 22)).toBe('22nd contact');
  expect(say('en-GB', english, 24)).toBe('24th contact');
});
