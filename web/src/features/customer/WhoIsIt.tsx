import type { Card, Identifier } from '../../api/customers';
import { useTerm, useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';

/** What people would call her by: her own mail address first. */
function bestName(identifiers: Identifier[], fallback: string): string {
  const own = identifiers.filter((it) => !it.shared && !it.value.includes('…'));
  return (
    (own.find((it) => it.type === 'email') ?? own.find((it) => it.type !== 'personnummer'))?.value ?? fallback
  );
}

function useIdentifierType(): (type: string) => string {
  const term = useTerm();
  return (type) => {
    const [kind, system] = type.split('@');
    if (kind === 'customer_no') return term('identifier', 'customer_no').concat(system ? ` (${system})` : '');
    return term('identifier', type);
  };
}

export function WhoIsIt({ card }: { card: Card }) {
  const w = useWords();
  const { day } = useTimes();
  const named = useIdentifierType();
  const term = useTerm();
  const { customer, can_leave: leave } = card;
  return (
    <header className="who">
      <div className="who-name">
        <h1>{bestName(customer.known_as, customer.name)}</h1>
        <p className={customer.sure === 'shared_only' ? 'unsure' : 'faint'}>
          {customer.name} · {w(`customer.sure.${customer.sure}`)}
          {card.last_contact && ` · ${w('customer.last-contact', { when: day(card.last_contact) })}`}
        </p>
      </div>
      {card.protected && <p className="tag tag-strong">{w('customer.protected')}</p>}
      {leave?.can === false && (
        <p className="tag tag-strong">
          {w('customer.cannot-leave')}
          <span>
            {leave.why
              ? term('leave', leave.why)
              : leave.since
                ? w('customer.cannot-leave.since', { when: day(leave.since) })
                : ''}
          </span>
        </p>
      )}
      <details className="who-known">
        <summary>{w('customer.known-as')}</summary>
        <dl className="pairs">
          {customer.known_as.map((it) => (
            <div key={it.type + it.value}>
              <dt>{named(it.type)}</dt>
              <dd>
                {it.value}
                {it.shared && <span className="faint small"> {w('customer.shared')}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </header>
  );
}
