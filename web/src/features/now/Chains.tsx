import type { Causes, Chain } from '../../api/overview';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { CsvButton } from '../../parts/CsvButton';
import { TableWrap } from '../../parts/TableWrap';
import { useTimes } from '../../parts/times';

const SHOWN = 6;

function Row({ it }: { it: Chain }) {
  const w = useWords();
  const may = useMay();
  const unit = useUnitName();
  const term = useTerm();
  const { day } = useTimes();
  const what = term('reason', it.reason);
  return (
    <tr>
      <td className="number">
        <b className={it.contacts >= 4 ? 'past' : ''}>{it.contacts}</b>
      </td>
      <td>
        {may('card.read') ? (
          <Go to={`/customer/${it.customer}`} view={{ matter: it.matter }} className="promise-link">
            {w('now.chains.about', { name: it.customer, what })}
          </Go>
        ) : (
          w('now.chains.about', { name: it.customer, what })
        )}
        <span className="small faint under">
          {w('now.chains.time', { first: day(it.first), last: day(it.last) })}
        </span>
      </td>
      <td className="wide-only">{it.met_by.map(unit).join(', ')}</td>
      <td>
        {it.promise ? (
          <Go to={`/promises/${it.promise}`} view={{ verdict: 'broken' }}>
            {it.title}
          </Go>
        ) : (
          <span className="faint">{w('now.chains.no-cause')}</span>
        )}
        {it.unit && <span className="small faint under">{unit(it.unit)}</span>}
      </td>
    </tr>
  );
}

/** Customers who are in touch again and again about one thing that is not over, and the promise behind it. */
export function Chains({ causes }: { causes: Causes }) {
  const w = useWords();
  const unit = useUnitName();
  const term = useTerm();
  const [view, change] = useView();
  const { longest, going_on } = causes.chains;
  const isAll = view.chains === 'all';
  const csv = () => [
    [
      w('now.chains.contacts'),
      w('promise.customer'),
      w('now.chains.matter'),
      w('now.chains.met'),
      w('promises.promise'),
      w('promises.unit'),
    ],
    ...longest.map((it) => [
      it.contacts,
      it.customer,
      term('reason', it.reason),
      it.met_by.map(unit).join(', '),
      it.title,
      it.unit ? unit(it.unit) : '',
    ]),
  ];
  return (
    <section className="sheet" aria-labelledby="chains">
      <div className="sheet-head">
        <div>
          <h2 id="chains">{w('now.chains')}</h2>
          <p className="small faint">{w('now.chains.text', { n: going_on })}</p>
        </div>
        {longest.length > 0 && <CsvButton rows={csv} />}
      </div>
      {longest.length > 0 && (
        <TableWrap label={w('now.chains')}>
          <table className="list worst">
            <thead>
              <tr>
                <th className="number">{w('now.chains.contacts')}</th>
                <th>{w('now.chains.matter')}</th>
                <th className="wide-only">{w('now.chains.met')}</th>
                <th>{w('now.chains.behind')}</th>
              </tr>
            </thead>
            <tbody>
              {(isAll ? longest : longest.slice(0, SHOWN)).map((it) => (
                <Row key={it.customer + it.matter} it={it} />
              ))}
            </tbody>
          </table>
        </TableWrap>
      )}
      {longest.length > SHOWN && (
        <button
          type="button"
          className="quiet small"
          onClick={() => change({ chains: isAll ? undefined : 'all' })}
        >
          {isAll ? w('now.fewer') : w('now.chains.all', { n: longest.length })}
        </button>
      )}
    </section>
  );
}
