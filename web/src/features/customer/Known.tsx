import type { Card } from '../../api/customers';
import { useTerm, useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';

/** What she has handed in already. */
export function Facts({ card }: { card: Card }) {
  const w = useWords();
  const term = useTerm();
  const { day } = useTimes();
  return (
    <section className="sheet" aria-labelledby="facts">
      <div className="sheet-head">
        <h2 id="facts">{w('customer.do-not-ask')}</h2>
      </div>
      {card.facts.length === 0 && <p className="faint">{w('customer.do-not-ask.none')}</p>}
      <ul className="lines">
        {card.facts.map((it) => (
          <li key={it.fact}>
            <b className="capital">{term('fact', it.fact)}</b>
            <span className="small faint">
              {w('customer.given', { n: it.given.length, when: day(it.given.at(-1) ?? card.as_of) })}
              {it.asked_again > 0 && (
                <span className="past"> · {w('customer.asked-again', { n: it.asked_again })}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How often a menu or a form did not know her. */
export function Failures({ card }: { card: Card }) {
  const w = useWords();
  const term = useTerm();
  const { moment } = useTimes();
  const last = card.failed_identifications[0];
  return (
    <section className="sheet" aria-labelledby="failures">
      <div className="sheet-head">
        <h2 id="failures">{w('customer.not-recognised')}</h2>
      </div>
      <p className={last ? '' : 'faint'}>
        {last
          ? w('customer.not-recognised.times', {
              n: card.failed_identifications.length,
              when: moment(last.time),
              channel: term('channel', last.channel),
            })
          : w('customer.not-recognised.none')}
      </p>
    </section>
  );
}

export function Offers({ card }: { card: Card }) {
  const w = useWords();
  const { day } = useTimes();
  return (
    <section className="sheet" aria-labelledby="offers">
      <div className="sheet-head">
        <h2 id="offers">{w('customer.offers')}</h2>
      </div>
      {card.offers.length === 0 && <p className="faint">{w('customer.offers.none')}</p>}
      <ul className="lines">
        {card.offers.map((it) => (
          <li key={it.offer}>
            <b>{it.offer}</b>
            <span className="small faint">
              {it.sent && w('customer.offer.sent', { when: day(it.sent) })}
              {it.used && ` · ${w('customer.offer.used', { when: day(it.used) })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
