import type { Card } from '../../api/customers';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useFigures, useTimes } from '../../parts/times';

type Mandate = Card['may_do'][number];

function One({ mandate }: { mandate: Mandate }) {
  const w = useWords();
  const term = useTerm();
  const unit = useUnitName();
  const { count } = useFigures();
  const most =
    mandate.limit === null
      ? ''
      : w('customer.may-do.most', { limit: `${count(mandate.limit)} ${mandate.limit_in ?? ''}`.trim() });
  return (
    <li>
      <span className="may-do-head">
        <b>{[mandate.remedy, most].filter(Boolean).join(', ')}</b>
        {mandate.fits && <span className="tag may-do-fits">{w('customer.may-do.fits')}</span>}
      </span>
      <span className="small faint">
        {[
          w('customer.may-do.trouble', { trouble: mandate.trouble }),
          mandate.above ? w('customer.may-do.above', { who: mandate.above }) : '',
          `${term('role', mandate.role)}, ${unit(mandate.unit)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}

/** What I may decide and give her here and now, what fits her trouble first. */
export function MayDo({ card }: { card: Card }) {
  const w = useWords();
  const may = useMay();
  return (
    <section className="sheet" aria-labelledby="may-do">
      <div className="sheet-head">
        <h2 id="may-do">{w('customer.may-do')}</h2>
      </div>
      {card.may_do.length === 0 && (
        <>
          <p className="faint">{w('customer.may-do.none')}</p>
          {may('registers.read') && <Go to="/registers/mandate">{w('customer.may-do.where')}</Go>}
        </>
      )}
      <ul className="lines">
        {card.may_do.map((it) => (
          <One key={it.role + it.unit + it.trouble + it.remedy + it.limit} mandate={it} />
        ))}
      </ul>
    </section>
  );
}

/** Who acts for her, and in what; nothing where nobody does. */
export function Ombud({ card }: { card: Card }) {
  const w = useWords();
  const { day } = useTimes();
  if (card.ombud.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="ombud">
      <div className="sheet-head">
        <h2 id="ombud">{w('customer.ombud')}</h2>
      </div>
      <ul className="lines">
        {card.ombud.map((it) => (
          <li key={`${it.ombud}${it.since}`}>
            <b>{it.name ?? it.ombud}</b>
            <span className="small faint">
              {[
                it.may ? w('customer.ombud.may', { what: it.may }) : '',
                w('customer.ombud.since', { when: day(it.since) }),
                it.until ? w('customer.ombud.until', { when: it.until }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
