import type { Causes, LetDownAt } from '../../api/overview';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { CsvButton } from '../../parts/CsvButton';

const SHOWN = 6;

function Place({ it }: { it: LetDownAt }) {
  const w = useWords();
  const unit = useUnitName();
  const term = useTerm();
  return (
    <li className="place">
      <h3>
        <Go to="/promises" view={{ unit: it.unit ?? undefined }} className="promise-link">
          {unit(it.unit)}
          {it.touchpoint && <span className="faint"> · {term('touchpoint', it.touchpoint)}</span>}
        </Go>
      </h3>
      <p>
        {w('now.places.let-down', { n: it.customers })}
        {it.again > 0 && <b className="past"> {w('now.places.again', { n: it.again })}</b>}{' '}
        {it.contacts > 0 ? (
          <Go to={it.unit ? `/units/${it.unit}` : '/units'}>
            {w('now.places.contacts', { n: it.contacts })}
          </Go>
        ) : (
          <span className="faint">{w('now.places.no-contacts')}</span>
        )}
        {it.met_elsewhere > 0 && (
          <span className="faint"> {w('now.places.elsewhere', { n: it.met_elsewhere })}</span>
        )}
      </p>
    </li>
  );
}

/** Where it hurts customers most, in words: how many, how many more than once, what it cost them in contacts. */
export function Places({ causes }: { causes: Causes }) {
  const w = useWords();
  const unit = useUnitName();
  const term = useTerm();
  const [view, change] = useView();
  const isAll = view.places === 'all';
  const csv = () => [
    [
      w('promises.unit'),
      w('now.places.touchpoint'),
      w('now.places.column.times'),
      w('now.places.column.customers'),
      w('now.places.column.again'),
      w('now.places.column.contacts'),
      w('now.places.column.elsewhere'),
    ],
    ...causes.places.map((it) => [
      unit(it.unit),
      it.touchpoint ? term('touchpoint', it.touchpoint) : '',
      it.times,
      it.customers,
      it.again,
      it.contacts,
      it.met_elsewhere,
    ]),
  ];
  const shown = isAll ? causes.places : causes.places.slice(0, SHOWN);
  return (
    <section className="sheet" aria-labelledby="places">
      <div className="sheet-head">
        <div>
          <h2 id="places">{w('now.places')}</h2>
          <p className="small faint">{w('now.places.text')}</p>
        </div>
        <CsvButton rows={csv} />
      </div>
      {shown.length === 0 && <p className="faint">{w('now.places.none')}</p>}
      <ol className="places">
        {shown.map((it) => (
          <Place key={`${it.unit}/${it.touchpoint}`} it={it} />
        ))}
      </ol>
      {causes.places.length > SHOWN && (
        <button
          type="button"
          className="quiet small"
          onClick={() => change({ places: isAll ? undefined : 'all' })}
        >
          {isAll ? w('now.fewer') : w('now.places.all', { n: causes.places.length })}
        </button>
      )}
    </section>
  );
}
