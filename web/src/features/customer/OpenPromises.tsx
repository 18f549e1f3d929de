import type { Card, OpenPromise } from '../../api/customers';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { EmptyState } from '../../parts/EmptyState';
import { useTimes } from '../../parts/times';
import { Verdict } from '../../parts/Verdict';
import { NormalBar } from './NormalBar';

function One({ promise, asOf }: { promise: OpenPromise; asOf: string }) {
  const w = useWords();
  const unit = useUnitName();
  const { moment } = useTimes();
  const waited = (Date.parse(asOf) - Date.parse(promise.activation)) / 1000;
  const isPast = promise.due !== null && promise.due < asOf;
  return (
    <li className="open-promise">
      <div className="open-head">
        <h3>
          <Go to={`/promises/${promise.promise}`} className="plain-link">
            {promise.title}
          </Go>
        </h3>
        <Verdict verdict={promise.state} />
      </div>
      <p className="small faint">
        {promise.due && (
          <b className={isPast ? 'past' : ''}>
            {w(isPast ? 'customer.due.was' : 'customer.due', { when: moment(promise.due) })}
          </b>
        )}
        {promise.due && ' · '}
        {unit(promise.unit)}
        {promise.about.product && ` · ${promise.about.product}`}
        {promise.about.order && ` · ${promise.about.order}`}
      </p>
      {promise.normal && <NormalBar waited={waited} normal={promise.normal} />}
      <details className="small">
        <summary>{w('customer.why')}</summary>
        <p className="faint">{promise.why}</p>
      </details>
    </li>
  );
}

export function OpenPromises({ card }: { card: Card }) {
  const w = useWords();
  return (
    <section className="sheet" aria-labelledby="open">
      <div className="sheet-head">
        <h2 id="open">{w('customer.open')}</h2>
        <span className="faint tabular">{card.promises.length}</span>
      </div>
      {card.promises.length === 0 ? (
        <EmptyState title={w('customer.open.none')} text={w('customer.open.none.text')} />
      ) : (
        <ul className="open-list">
          {card.promises.map((it) => (
            <One key={it.promise + it.activation} promise={it} asOf={card.as_of} />
          ))}
        </ul>
      )}
      {card.watched.length > 0 && (
        <details className="watched small">
          <summary>
            {w('customer.watched')} ({card.watched.length})
          </summary>
          <ul>
            {card.watched.map((it) => (
              <li key={it.promise + it.activation}>{it.title}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
