import type { Card } from '../../api/customers';
import { useTerm, useWords, type WordId } from '../../frame/language';

const ORDINALS: WordId[] = [
  'customer.nth.first',
  'customer.nth.second',
  'customer.nth.third',
  'customer.nth.fourth',
  'customer.nth.fifth',
];

/** What is read in two seconds, while she speaks: which contact this is, what is owed, what not to ask. */
export function Urgent({ card }: { card: Card }) {
  const w = useWords();
  const term = useTerm();
  const matter = card.matters[0];
  const n = matter?.contacts_in_all ?? 0;
  const word = ORDINALS[n - 1];
  const owed = card.promises.filter((it) => it.still_owed || it.state === 'overdue').length;
  return (
    <ul className="urgent">
      <li className={n >= 3 ? 'urgent-bad' : ''}>
        {n === 0 ? (
          <b>{w('customer.no-contact')}</b>
        ) : (
          <>
            <b>{word ? w(word) : w('customer.nth', { n })}</b>
            <span>{w('customer.about-same', { what: term('reason', matter?.reason) })}</span>
          </>
        )}
      </li>
      <li className={owed > 0 ? 'urgent-bad' : ''}>
        <b>
          {card.promises.length} <span className="urgent-word">{w('customer.open').toLowerCase()}</span>
        </b>
        <span>{w('customer.broken-year', { broken: card.broken_last_year.broken })}</span>
      </li>
      <li className={card.facts.some((it) => it.asked_again > 0) ? 'urgent-bad' : ''}>
        <b>{w('customer.do-not-ask')}</b>
        <span>
          {card.facts.map((it) => term('fact', it.fact)).join(', ') || w('customer.do-not-ask.none')}
        </span>
      </li>
    </ul>
  );
}
