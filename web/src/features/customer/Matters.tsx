import type { Card, Contact, Matter } from '../../api/customers';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';
import { toCause } from '../../parts/toCause';
import { About, useMatterName } from './About';

function OneContact(props: { card: Card; matter: Matter; contact: Contact; isLast: boolean }) {
  const { card, matter, contact, isLast } = props;
  const w = useWords();
  const term = useTerm();
  const unit = useUnitName();
  const may = useMay();
  const { moment } = useTimes();
  const details = [
    contact.outcome ? term('outcome', contact.outcome) : '',
    contact.transfers > 0 ? w('customer.transfers', { n: contact.transfers }) : '',
    contact.could_not_help.length > 0
      ? w('customer.could-not-help', {
          why: contact.could_not_help.map((it) => term('blocked', it)).join(', '),
        })
      : '',
  ].filter(Boolean);
  return (
    <li className={isLast ? 'contact last' : 'contact'}>
      <span className="contact-number tabular" aria-hidden="true">
        {contact.number}
      </span>
      <div>
        <p>
          <b>{moment(contact.time)}</b>
          <span className="faint">
            {' '}
            {term('channel', contact.channel)}, {unit(contact.unit)}
          </span>
        </p>
        {details.length > 0 && <p className="small faint">{details.join(' · ')}</p>}
        <div className="contact-foot">
          {contact.contact && may('causes.read') && (
            <Go
              to={toCause(contact.contact).to}
              view={{ ...toCause(contact.contact).view, customer: card.customer.name }}
              className="link small"
            >
              {w('customer.show-cause')}
              <span className="unseen"> {moment(contact.time)}</span>
            </Go>
          )}
          {contact.contact && may('matters.correct') && (
            <About
              customer={card.customer.name}
              contact={contact.contact}
              time={contact.time}
              of={matter}
              among={card.matters}
            />
          )}
        </div>
      </div>
    </li>
  );
}

function OneMatter({ card, matter, isFirst }: { card: Card; matter: Matter; isFirst: boolean }) {
  const w = useWords();
  const what = useMatterName()(matter);
  return (
    <details className="matter" open={isFirst}>
      <summary>
        <span>{what ? w('customer.matter', { what }) : w('customer.matter.unknown')}</span>
        <span className="faint tabular">{matter.contacts_in_all}</span>
      </summary>
      {matter.tried_in_vain > 0 && (
        <p className="small past">{w('customer.tried-in-vain', { n: matter.tried_in_vain })}</p>
      )}
      <ol className="contacts">
        {matter.contacts.toReversed().map((it, i) => (
          <OneContact
            key={`${it.contact}${it.time}`}
            card={card}
            matter={matter}
            contact={it}
            isLast={i === 0}
          />
        ))}
      </ol>
    </details>
  );
}

/** Contacts about the same thing, over all channels. */
export function Matters({ card }: { card: Card }) {
  const w = useWords();
  return (
    <section className="sheet" aria-labelledby="matters">
      <div className="sheet-head">
        <h2 id="matters">{w('customer.timeline.contacts')}</h2>
      </div>
      {card.matters.length === 0 && <p className="faint">{w('customer.no-contact')}</p>}
      {card.matters.map((it, i) => (
        <OneMatter key={`${it.matter}${it.contacts[0]?.time}`} card={card} matter={it} isFirst={i === 0} />
      ))}
    </section>
  );
}
