// The words of the promise language, as contract/promise-grammar.md has them: English, Swedish. For colours, completion
// and the form; what a text means is the server's to say.

export type Spelling = 'en' | 'sv';

const PAIRS: [string, string][] = [
  ['promise', 'löfte'],
  ['claim', 'budskap'],
  ['at', 'på'],
  ['kept by', 'hålls av'],
  ['made by', 'ges av'],
  ['touchpoint', 'mötespunkt'],
  ['expectation', 'förväntan'],
  ['high', 'hög'],
  ['good-enough', 'tillräcklig'],
  ['weight', 'vikt'],
  ['for customers where', 'för kunder där'],
  ['target', 'mål'],
  ['per', 'per'],
  ['each', 'varje'],
  ['by start', 'efter start'],
  ['instances', 'tillfällen'],
  ['instance', 'tillfälle'],
  ['warn', 'varna'],
  // Behind a warning the Swedish is "innan", in a rule "före": both are looked up by their own word.
  ['before', 'före'],
  ['calendar', 'kalender'],
  ['zone', 'zon'],
  ['valid from', 'gäller från'],
  ['valid to', 'gäller till'],
  ['when', 'när'],
  ['then', 'så'],
  ['within', 'inom'],
  ['no later than', 'senast'],
  ['same', 'samma'],
  ['unless', 'om inte'],
  ['after', 'efter'],
  ['never', 'aldrig'],
  ['when already', 'om redan'],
  ['only after', 'bara efter'],
  ['since', 'sedan dess'],
  ['at most', 'högst'],
  ['at least', 'minst'],
  ['exactly', 'exakt'],
  ['until', 'tills'],
  ['from', 'från'],
  ['within any', 'inom varje'],
  ['every', 'varje'],
  ['a', 'en'],
  ['only to customers where', 'bara till kunder där'],
  ['where', 'där'],
  ['as', 'som'],
  ['total', 'totalt'],
  ['one for one', 'en mot en'],
  ['restart', 'börja om'],
  ['first only', 'endast första'],
  ['and', 'och'],
  ['or', 'eller'],
  ['not', 'inte'],
  ['in', 'i'],
  ['contains', 'innehåller'],
  ['is missing', 'saknas'],
  ['is present', 'finns'],
  ['s', 's'],
  ['min', 'min'],
  ['h', 'h'],
  ['days', 'dagar'],
  ['day', 'dag'],
  ['business days', 'arbetsdagar'],
  ['business day', 'arbetsdag'],
  ['business hours', 'arbetstimmar'],
  ['business hour', 'arbetstimme'],
  ['week', 'vecka'],
  ['month', 'månad'],
  ['quarter', 'kvartal'],
  ['year', 'år'],
];

/** All, the longest first, so that "when already" is not taken for "when". */
export const KEYWORDS: Record<Spelling, string[]> = {
  en: PAIRS.map(([english]) => english).toSorted((a, b) => b.length - a.length),
  sv: [...new Set([...PAIRS.map(([, swedish]) => swedish), 'innan'])].toSorted((a, b) => b.length - a.length),
};

/** Every single word of a keyword in either spelling. */
export const KEYWORD_WORDS = new Set([...KEYWORDS.en, ...KEYWORDS.sv].flatMap((it) => it.split(' ')));

/** A file keeps to the spelling of its first promise. */
export const spellingOf = (text: string): Spelling =>
  /^(\s|#.*\n)*löfte\b/u.test(`${text}\n`) || /(^|\s)löfte\s/u.test(text) ? 'sv' : 'en';

/** The keyword in a spelling: `say('kept by', 'sv')` is "hålls av". */
export function say(english: string, spelling: Spelling): string {
  if (spelling === 'en') return english;
  return PAIRS.find(([it]) => it === english)?.[1] ?? english;
}

/** The English of a keyword, as which rules are thought about. */
export function englishOf(keyword: string, spelling: Spelling): string {
  if (spelling === 'en') return keyword;
  if (keyword === 'innan') return 'before';
  return PAIRS.find(([, it]) => it === keyword)?.[0] ?? keyword;
}

const NAME = /^[\p{L}\p{N}_]+([.\-@:][\p{L}\p{N}_]+)*$/u;

/** A name as it is written: in quotes where it would be read as something else. */
export function written(name: string): string {
  const isPlain = NAME.test(name) && !/^-?\d+(\.\d+)?$/.test(name);
  const isKeyword = KEYWORDS.en.includes(name) || KEYWORDS.sv.includes(name);
  return (isPlain && !isKeyword) || /^[\p{L}\p{N}_.@:-]+\.\*$/u.test(name)
    ? name
    : `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
