import { Skeleton } from '@mantine/core';
import type { PromiseGap, PromiseLine } from '../../api/promises';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { CsvButton } from '../../parts/CsvButton';
import { EmptyState } from '../../parts/EmptyState';
import { useGapByMonth, usePromises } from '../../parts/gaps';
import { fullPeriods, settledOf } from '../../parts/months';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { Spark } from '../../parts/Spark';
import { TargetState } from '../../parts/TargetState';
import { useFigures } from '../../parts/times';
import { Proposals } from './Proposals';
import './promises.css';

function Row({
  line,
  gap,
  isWaiting,
}: {
  line: PromiseLine;
  gap: PromiseGap | undefined;
  isWaiting: boolean;
}) {
  const unit = useUnitName();
  const { percent, count } = useFigures();
  return (
    <tr>
      <td>
        <Go to={`/promises/${line.id}`} className="promise-link">
          {line.title}
        </Go>
        <span className="faint small narrow-only"> {unit(line.unit)}</span>
        {gap && (
          <span className="narrow-only">
            {' '}
            <TargetState state={gap.target_state} />
          </span>
        )}
      </td>
      <td className="wide-only">{unit(line.unit)}</td>
      <td className="number">
        {gap ? percent(gap.rate) : isWaiting ? <Skeleton height={16} width={40} /> : '–'}
      </td>
      <td className="rate-cell">{gap && <RateBar of={gap} />}</td>
      <td className="number wide-only">{gap ? percent(gap.target) : ''}</td>
      <td className="wide-only spark-cell">
        {gap && <Spark rates={fullPeriods(gap.periods ?? []).map((it) => it.rate)} target={gap.target} />}
      </td>
      <td className="number wide-only">{gap ? count(settledOf(gap)) : ''}</td>
      <td className="wide-only">{gap && <TargetState state={gap.target_state} />}</td>
    </tr>
  );
}

function Filters({ units }: { units: string[] }) {
  const w = useWords();
  const unitName = useUnitName();
  const [view, change] = useView();
  return (
    <div className="row no-print">
      <label className="pick">
        <span className="unseen">{w('promises.filter')}</span>
        <input
          className="plain-field"
          type="search"
          placeholder={w('promises.filter')}
          value={view.q ?? ''}
          onChange={(event) => change({ q: event.currentTarget.value })}
        />
      </label>
      <label className="pick">
        <span className="unseen">{w('promises.unit')}</span>
        <select value={view.unit ?? ''} onChange={(event) => change({ unit: event.currentTarget.value })}>
          <option value="">{w('promises.all-units')}</option>
          {units.map((it) => (
            <option key={it} value={it}>
              {unitName(it)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Table({ lines, gaps, isWaiting }: { lines: PromiseLine[]; gaps: PromiseGap[]; isWaiting: boolean }) {
  const w = useWords();
  return (
    <div className="table-wrap">
      <table className="list promises">
        <thead>
          <tr>
            <th>{w('promises.promise')}</th>
            <th className="wide-only">{w('promises.unit')}</th>
            <th className="spread" colSpan={2}>
              {w('promises.delivered')}
            </th>
            <th className="number wide-only">{w('promises.target')}</th>
            <th className="wide-only">{w('promises.trend')}</th>
            <th className="number wide-only">{w('promises.settled')}</th>
            <th className="wide-only">{w('promises.target-state')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((it) => (
            <Row key={it.id} line={it} gap={gaps.find((gap) => gap.id === it.id)} isWaiting={isWaiting} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** All promises in force, those first that fall shortest of what matters most. */
export default function PromiseList() {
  const w = useWords();
  const may = useMay();
  const term = useTerm();
  const unitName = useUnitName();
  const [view] = useView();
  const promises = usePromises();
  const gap = useGapByMonth(may('gap.read'));
  const gaps = gap.data?.promises ?? [];
  const lack = (it: PromiseLine) => {
    const of = gaps.find((found) => found.id === it.id);
    return of && of.rate !== null && of.target !== null ? (of.target - of.rate) * it.weight : -9;
  };
  const all = promises.data ?? [];
  const shown = all
    .filter((it) => it.in_force && (!view.unit || it.unit === view.unit))
    .filter((it) => `${it.title} ${it.id}`.toLowerCase().includes((view.q ?? '').toLowerCase()))
    .sort((a, b) => lack(b) - lack(a) || a.title.localeCompare(b.title));
  const units = [...new Set(all.flatMap((it) => it.unit ?? []))].sort();
  const csv = () => [
    [
      w('promises.promise'),
      w('promises.unit'),
      w('promises.delivered'),
      w('promises.target'),
      w('promises.settled'),
      w('promises.target-state'),
    ],
    ...shown.map((it) => {
      const of = gaps.find((found) => found.id === it.id);
      return [
        it.title,
        unitName(it.unit),
        of?.rate,
        of?.target,
        of && settledOf(of),
        of?.target_state ? term('target', of.target_state) : '',
      ];
    }),
  ];
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('promises.page')}</h1>
          <p>{w('promises.text')}</p>
        </div>
        {may('promises.draft') && (
          <Go to="/promises/new/edit" className="action">
            {w('promises.new')}
          </Go>
        )}
      </header>
      {promises.error && <ProblemPanel error={promises.error} retry={() => void promises.refetch()} />}
      {gap.error && <ProblemPanel error={gap.error} retry={() => void gap.refetch()} />}
      {promises.data && all.length === 0 && (
        <EmptyState title={w('promises.none')} text={w('promises.none.text')} />
      )}
      {all.length > 0 && (
        <section className="sheet" aria-label={w('promises.page')} aria-busy={gap.isLoading}>
          <div className="sheet-head">
            <Filters units={units} />
            <CsvButton rows={csv} />
          </div>
          {shown.length === 0 ? (
            <EmptyState title={w('promises.none-fit')} />
          ) : (
            <Table lines={shown} gaps={gaps} isWaiting={gap.isLoading} />
          )}
        </section>
      )}
      <Proposals />
    </>
  );
}
