import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { CsvButton } from '../../parts/CsvButton';
import { TableWrap } from '../../parts/TableWrap';
import { useFigures } from '../../parts/times';
import type { CausedLine } from './caused';

/** What went from one unit to another: how, whose, about which promise, how many. */
export function Caused(props: {
  id: string;
  title: string;
  text: string;
  none: string;
  lines: CausedLine[];
}) {
  const w = useWords();
  const unit = useUnitName();
  const { count } = useFigures();
  const { id, lines } = props;
  const csv = () => [
    [
      w('units.unit'),
      w('units.caused.how'),
      w('promises.promise'),
      w('units.caused.times'),
      w('units.caused.customers'),
    ],
    ...lines.map((it) => [unit(it.other), w(`units.caused.${it.how}`), it.title, it.times, it.customers]),
  ];
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <div>
          <h2 id={id}>{props.title}</h2>
          <p className="small faint">{props.text}</p>
        </div>
        {lines.length > 0 && <CsvButton rows={csv} />}
      </div>
      {lines.length === 0 ? (
        <p className="faint">{props.none}</p>
      ) : (
        <TableWrap label={props.title}>
          <table className="list">
            <thead>
              <tr>
                <th>{w('units.unit')}</th>
                <th>{w('promises.promise')}</th>
                <th className="number">{w('units.caused.times')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((it) => (
                <tr key={it.how + it.other + it.promise}>
                  <td>
                    <Go to={`/units/${encodeURIComponent(it.other)}`} className="promise-link">
                      {unit(it.other)}
                    </Go>
                  </td>
                  <td>
                    <Go to={`/promises/${it.promise}`} view={{ verdict: 'broken' }} className="plain-link">
                      {it.title}
                    </Go>
                    <span className="small faint under">{w(`units.caused.${it.how}`)}</span>
                  </td>
                  <td className="number">
                    {count(it.times)}
                    <span className="small faint under">{w('units.caused.of', { n: it.customers })}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableWrap>
      )}
    </section>
  );
}
