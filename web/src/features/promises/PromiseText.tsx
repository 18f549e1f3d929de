import { KEYWORD_WORDS } from './keywords';

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
          : word && KEYWORD_WORDS.has(word)
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
