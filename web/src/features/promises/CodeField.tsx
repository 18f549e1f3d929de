import { useEffect, useId, useRef, useState } from 'react';
import type { Diagnostic, Vocabulary } from '../../api/promises';
import { useWords } from '../../frame/language';
import type { Completion } from './completion';
import { Coloured } from './PromiseText';
import { offsetOf } from './places';
import { useCompletion } from './useCompletion';

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

/** The list below the word that was begun. The field keeps the focus; the list is told to whoever listens. */
function Offer(props: {
  id: string;
  text: string;
  offer: Completion;
  chosen: number;
  take: (index: number) => void;
}) {
  const w = useWords();
  const mark = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  // Why: where the word stands is known once it is laid out
  useEffect(() => {
    const at = mark.current;
    if (at) setPlace({ left: at.offsetLeft, top: at.offsetTop + at.offsetHeight });
  }, [props.offer.from]);
  return (
    <>
      <pre aria-hidden="true" className="code-marks">
        {props.text.slice(0, props.offer.from)}
        <span ref={mark}>|</span>
      </pre>
      <div className="offer-layer">
        <div
          id={props.id}
          role="listbox"
          aria-label={w('edit.offer')}
          className="offer"
          style={place ?? { visibility: 'hidden' }}
        >
          {props.offer.options.map((it, i) => (
            <div
              key={it.text}
              id={`${props.id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === props.chosen}
              className="offer-option"
              // Why not onClick: the field would lose the focus first.
              onMouseDown={(event) => {
                event.preventDefault();
                props.take(i);
              }}
            >
              <span>{it.text}</span> <span className="offer-kind">{w(`edit.offer.${it.kind}`)}</span>
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

/** A field for a promise's text: coloured as one types, faults under the words, what may come next offered. */
export function CodeField(props: {
  label: string;
  text: string;
  diagnostics: Diagnostic[];
  vocabulary?: Vocabulary | undefined;
  change: (text: string) => void;
}) {
  const w = useWords();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const completion = useCompletion(props.vocabulary, props.change);
  const { offer, chosen } = completion;
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
          ref={field}
          value={props.text}
          onChange={(event) => {
            props.change(event.currentTarget.value);
            completion.look(event.currentTarget, false);
          }}
          onKeyDown={completion.onKeyDown}
          onBlur={completion.close}
          onMouseDown={completion.close}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-invalid={props.diagnostics.some((it) => it.severity === 'error')}
          aria-autocomplete="list"
          aria-controls={offer ? `${id}-offer` : undefined}
          aria-activedescendant={offer ? `${id}-offer-${chosen}` : undefined}
          aria-describedby={`${id}-help`}
        />
        {offer && (
          <Offer
            id={`${id}-offer`}
            text={props.text}
            offer={offer}
            chosen={chosen}
            take={(i) => field.current && completion.take(field.current, i)}
          />
        )}
      </div>
      <p id={`${id}-help`} className="small faint code-help">
        {w('edit.offer.help')}
      </p>
      <p className="unseen" role="status">
        {offer ? w('edit.offer.count', { n: offer.options.length }) : ''}
      </p>
    </div>
  );
}
