import { useId } from 'react';
import type { Diagnostic } from '../../api/promises';
import { Coloured } from './PromiseText';
import { offsetOf } from './places';

/** The text with a wavy line under what is wrong; the letters themselves are those of the layer below. */
function Marked({ text, diagnostics }: { text: string; diagnostics: Diagnostic[] }) {
  const marks = diagnostics
    .map((it) => ({ ...it, start: offsetOf(text, it.from), end: offsetOf(text, it.to) }))
    .sort((a, b) => a.start - b.start);
  const parts = [];
  let at = 0;
  for (const it of marks) {
    if (it.start < at) continue;
    const end = Math.max(it.end, it.start + 1);
    parts.push(text.slice(at, it.start));
    parts.push(
      <span key={it.start} className={`mark-${it.severity}`}>
        {text.slice(it.start, end) === '' || text[it.start] === '\n' ? ' ' : text.slice(it.start, end)}
      </span>,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

/** A field for a promise's text: coloured as one types, faults under the words. */
export function CodeField(props: {
  label: string;
  text: string;
  diagnostics: Diagnostic[];
  change: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="code-field">
      <label htmlFor={id}>{props.label}</label>
      <div className="code code-layers">
        <pre aria-hidden="true" className="code-seen">
          <Coloured text={props.text} />
          {'\n'}
        </pre>
        <pre aria-hidden="true" className="code-marks">
          <Marked text={props.text} diagnostics={props.diagnostics} />
          {'\n'}
        </pre>
        <textarea
          id={id}
          value={props.text}
          onChange={(event) => props.change(event.currentTarget.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-invalid={props.diagnostics.some((it) => it.severity === 'error')}
        />
      </div>
    </div>
  );
}
