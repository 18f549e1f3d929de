// Keywords of the language in English and Swedish (contract/promise-grammar.md), for the eye alone: the server reads.
const KEYWORDS = new Set(
  `promise claim at kept by made touchpoint expectation weight when then unless where same no later than within
  before never already only after at least most exactly each target per warn for customers instances business days
  day hours hour löfte budskap hålls av ges mötespunkt förväntan vikt när så såvida där samma inte senast inom före
  aldrig redan bara efter minst högst exakt varje mål varna för kunder arbetsdagar arbetsdag timmar dagar if is or and
  not any all of in since rescued window on chain total rate median`.split(/\s+/),
);

const PARTS =
  /("[^"]*"?)|(#.*$)|([\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*)|(\d[\d.,]*\s?%?)|(\s+|.)/gmu;

/** One text in pieces with the look of each: words of the language, event types, texts, numbers. */
export function Coloured({ text }: { text: string }) {
  return Array.from(text.matchAll(PARTS), (part) => {
    const [whole, quoted, comment, word, number] = part;
    const look = quoted
      ? 'text'
      : comment
        ? 'comment'
        : number
          ? 'number'
          : word && KEYWORDS.has(word)
            ? 'keyword'
            : word?.includes('.')
              ? 'type'
              : undefined;
    return look ? (
      <span key={part.index} className={`code-${look}`}>
        {whole}
      </span>
    ) : (
      whole
    );
  });
}

export function PromiseText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so that the keyboard must reach it
    <pre className="code" tabIndex={0}>
      <code>
        <Coloured text={text.trimEnd()} />
      </code>
    </pre>
  );
}
