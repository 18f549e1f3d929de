import { Skeleton } from '@mantine/core';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { CsvButton } from '../../parts/CsvButton';
import { settledOf } from '../../parts/months';
import { TableWrap } from '../../parts/TableWrap';
import { useFigures, useTimes } from '../../parts/times';
import { useGapByWeek } from './reading';
import { type WeekChange, weekChanges } from './weeks';

/** A difference between −50 and +50 points: its interval as a line, itself as a dot, nothing in the middle. */
function Moved({ change }: { change: WeekChange }) {
  const x = (share: number) => 50 + Math.max(-50, Math.min(50, share * 100));
  const [low, high] = change.between;
  const look = !change.isClear ? 'moved-unclear' : change.moved > 0 ? 'moved-better' : 'moved-worse';
  return (
    <svg className={`moved ${look}`} viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <path className="moved-none" vectorEffect="non-scaling-stroke" d="M50 0V16" />
      <path vectorEffect="non-scaling-stroke" d={`M${x(low)} 8H${x(high)}`} />
      <path className="moved-at" vectorEffect="non-scaling-stroke" d={`M${x(change.moved)} 3V13`} />
    </svg>
  );
}

function Row({ change }: { change: WeekChange }) {
  const w = useWords();
  const unit = useUnitName();
  const { percent, points } = useFigures();
  const { promise, now, before, between } = change;
  const word = !change.isClear ? 'now.week.unclear' : change.moved > 0 ? 'now.better' : 'now.worse';
  return (
    <tr>
      <td>
        <Go to={`/promises/${promise.id}`} className="promise-link">
          {promise.title}
        </Go>
        <span className="small faint under">{unit(promise.unit)}</span>
      </td>
      <td className="number wide-only">
        {percent(before.rate)}
        <span className="small faint under">{w('now.week.of', { n: settledOf(before) })}</span>
      </td>
      <td className="number">
        {percent(now.rate)}
        <span className="small faint under">{w('now.week.of', { n: settledOf(now) })}</span>
      </td>
      <td className="rate-cell wide-only">
        <Moved change={change} />
      </td>
      <td className="number">
        <span className={!change.isClear ? 'faint' : change.moved > 0 ? 'is-better' : 'is-worse'}>
          {points(change.moved)} {w(word)}
        </span>
        <span className="small faint under">
          {w('now.week.between', { low: points(between[0]), high: points(between[1]) })}
        </span>
      </td>
    </tr>
  );
}

function Table({ changes, label }: { changes: WeekChange[]; label: string }) {
  const w = useWords();
  return (
    <TableWrap label={label}>
      <table className="list worst">
        <thead>
          <tr>
            <th>{w('promises.promise')}</th>
            <th className="number wide-only">{w('now.week.before')}</th>
            <th className="number">{w('now.week.last')}</th>
            <th className="number" colSpan={2}>
              {w('now.points-change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map((it) => (
            <Row key={it.promise.id} change={it} />
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
}

/** What changed since the week before, and how many did not: what chance alone would bring is not called a change. */
export function Weeks({ through }: { through: string | null }) {
  const w = useWords();
  const { day } = useTimes();
  const { data, isLoading } = useGapByWeek(through);
  const all = data ? weekChanges(data) : [];
  const clear = all.filter((it) => it.isClear);
  const rest = all.filter((it) => !it.isClear);
  const newest = all.map((it) => it.now).sort((a, b) => b.from.localeCompare(a.from))[0];
  const csv = () => [
    [
      w('promises.promise'),
      w('now.week.before'),
      w('now.week.last'),
      w('now.points-change'),
      '2,5 %',
      '97,5 %',
    ],
    ...all.map((it) => [
      it.promise.title,
      it.before.rate,
      it.now.rate,
      it.moved * 100,
      it.between[0] * 100,
      it.between[1] * 100,
    ]),
  ];
  return (
    <section className="sheet" aria-labelledby="weeks" aria-busy={isLoading}>
      <div className="sheet-head">
        <div>
          <h2 id="weeks">{w('now.week')}</h2>
          <p className="small faint">
            {isLoading ? (
              <Skeleton height={18} width={420} />
            ) : newest ? (
              w('now.week.text', {
                from: day(newest.from),
                to: day(new Date(Date.parse(newest.to) - 1).toISOString()),
              })
            ) : (
              w('now.week.none')
            )}
          </p>
        </div>
        {all.length > 0 && <CsvButton rows={csv} />}
      </div>
      {isLoading && <Skeleton height={120} />}
      {clear.length > 0 && <Table changes={clear} label={w('now.week')} />}
      {all.length > 0 && clear.length === 0 && <p>{w('now.week.nothing')}</p>}
      {rest.length > 0 && (
        <details className="small">
          <summary>{w('now.week.rest', { n: rest.length })}</summary>
          <Table changes={rest} label={w('now.week.rest', { n: rest.length })} />
        </details>
      )}
    </section>
  );
}
