import { type ComponentType, useRef, useState } from 'react';
import type { Card } from '../../api/customers';
import type { Permission } from '../../api/permissions';
import { subjectOf } from '../../api/registers';
import { useMay } from '../../api/session';
import { useWords, type WordId } from '../../frame/language';
import { useShortcuts } from '../../frame/shortcuts';
import { Blocked } from './Blocked';
import { Claim } from './Claim';
import { HandOver } from './HandOver';
import { MakePromise } from './MakePromise';

export interface ActionProps {
  card: Card;
  /** What she is known by, for the record. */
  subject: { type: string; value: string }[];
  /** Where the page was opened from a call: its contact. */
  why: string;
  close: () => void;
}

interface Action {
  id: string;
  word: WordId;
  key: string;
  needs: Permission;
  form: ComponentType<ActionProps>;
}

const ACTIONS: Action[] = [
  { id: 'promise', word: 'customer.promise', key: '1', needs: 'commitments.make', form: MakePromise },
  { id: 'claim', word: 'customer.claimed', key: '2', needs: 'commitments.make', form: Claim },
  { id: 'blocked', word: 'customer.blocked', key: '3', needs: 'blocked_help.report', form: Blocked },
  { id: 'case', word: 'customer.hand-over', key: '4', needs: 'cases.open', form: HandOver },
];

/** What can be done for her here and now, each with a key. */
export function Actions({ card, why }: { card: Card; why: string }) {
  const w = useWords();
  const may = useMay();
  const [chosen, setChosen] = useState<string>();
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const subject = subjectOf(card.customer.known_as.filter((it) => !/[…*]/.test(it.value)));
  const allowed = ACTIONS.filter((it) => may(it.needs));
  const canWrite = subject.length > 0;
  useShortcuts(
    Object.fromEntries(allowed.map((it) => [it.key, canWrite ? () => setChosen(it.id) : undefined])),
  );
  const open = useRef(chosen);
  open.current = chosen;
  // A form whose answer came late closes itself alone, not what has been opened since.
  const close = (id: string) => {
    if (open.current !== id) return;
    // Also where a key has opened it: whoever has no mouse goes on from there.
    buttons.current.get(id)?.focus();
    setChosen(undefined);
  };
  const shown = ACTIONS.find((it) => it.id === chosen);
  if (allowed.length === 0) return null;
  return (
    <section className="actions no-print" aria-label={w('customer.actions')}>
      <div className="action-row">
        {allowed.map((it) => (
          <button
            key={it.id}
            type="button"
            className="action"
            aria-expanded={chosen === it.id}
            disabled={!canWrite}
            aria-keyshortcuts={it.key}
            ref={(button) => {
              if (button) buttons.current.set(it.id, button);
            }}
            onClick={() => setChosen(chosen === it.id ? undefined : it.id)}
          >
            {w(it.word)}
            <span className="key" aria-hidden="true">
              {it.key}
            </span>
          </button>
        ))}
      </div>
      {!canWrite && <p className="small faint">{w('customer.no-identifier')}</p>}
      {shown && (
        <shown.form key={shown.id} card={card} subject={subject} why={why} close={() => close(shown.id)} />
      )}
    </section>
  );
}
