import { Skeleton } from '@mantine/core';
import type { PromiseGap, PromiseLine } from '../../api/promises';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useOrder, useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { EmptyState } from '../../parts/EmptyState';
import { useGapByMonth, usePromises } from '../../parts/gaps';
import { fullPeriods, settledOf } from '../../parts/months';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { Spark } from '../../parts/Spark';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { TargetState } from '../../parts/TargetState';
import { TextField } from '../../parts/TextField';
import { useFigures } from '../../parts/times';
import { UnitPick } from '../../parts/UnitPick';
import { Proposals } from './Proposals';
import './promises.css';

function Filters({ units }: { units: string[] }) {
  const w = useWords();
  const [view, change] = useView();
  return (
    <search className="filters no-print">
      <TextField
        label={w('promises.filter')}
        type="search"
        value={view.q ?? ''}
        set={(q) => change({ q: q || undefined })}
      />
      <UnitPick
        label={w('promises.unit')}
        value={view.unit ?? ''}
        none={w('promises.all-units')}
        among={units}
        choose={(unit) => change({ unit: unit || undefined })}
      />
    </search>
  );
}

interface Row {
  line: PromiseLine;
  gap: PromiseGap | undefined;
}

function useColumns(isWaiting: boolean): Column<Row>[] {
  const w = useWords();
  const term = useTerm();
  const unit = useUnitName();
  const { percent, count } = useFigures();
  return [
    {
      id: 'promise',
      title: w('promises.promise'),
      value: (it) => it.line.title,
      cell: ({ line, gap }) => (
        <>
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
        </>
      ),
    },
    {
      id: 'unit',
      title: w('promises.unit'),
      isWideOnly: true,
      value: (it) => unit(it.line.unit),
      cell: (it) => unit(it.line.unit),
    },
    {
      id: 'delivered',
      title: w('promises.delivered'),
      isNumber: true,
      value: (it) => it.gap?.rate,
      cell: ({ gap }) => (gap ? percent(gap.rate) : isWaiting ? <Skeleton height={16} width={40} /> : '–'),
      bar: ({ gap }) => gap && <RateBar of={gap} />,
    },
    {
      id: 'target',
      title: w('promises.target'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => it.gap?.target,
      cell: ({ gap }) => gap && percent(gap.target),
    },
    {
      id: 'trend',
      title: w('promises.trend'),
      isWideOnly: true,
      look: () => 'spark-cell',
      cell: ({ gap }) =>
        gap && <Spark rates={fullPeriods(gap.periods ?? []).map((it) => it.rate)} target={gap.target} />,
    },
    {
      id: 'settled',
      title: w('promises.settled'),
      isNumber: true,
      isWideOnly: true,
      value: ({ gap }) => gap && settledOf(gap),
      cell: ({ gap }) => gap && count(settledOf(gap)),
    },
    {
      id: 'state',
      title: w('promises.target-state'),
      isWideOnly: true,
      value: ({ gap }) => (gap?.target_state ? term('target', gap.target_state) : ''),
      cell: ({ gap }) => gap && <TargetState state={gap.target_state} />,
    },
  ];
}

/** All promises in force, those first that fall shortest of what matters most. */
export default function PromiseList() {
  const w = useWords();
  const compareTexts = useOrder();
  const may = useMay();
  const [view] = useView();
  const promises = usePromises();
  const gap = useGapByMonth(may('gap.read'));
  const gaps = gap.data?.promises ?? [];
  const columns = useColumns(gap.isLoading);
  const lack = (it: PromiseLine) => {
    const of = gaps.find((found) => found.id === it.id);
    return of && of.rate !== null && of.target !== null ? (of.target - of.rate) * it.weight : -9;
  };
  const all = promises.data ?? [];
  const shown = all
    .filter((it) => it.in_force && (!view.unit || it.unit === view.unit))
    .filter((it) => `${it.title} ${it.id}`.toLowerCase().includes((view.q ?? '').toLowerCase()))
    .sort((a, b) => lack(b) - lack(a) || compareTexts(a.title, b.title));
  const units = [...new Set(all.flatMap((it) => it.unit ?? []))].sort();
  const rows = shown.map((line) => ({ line, gap: gaps.find((it) => it.id === line.id) }));
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
            <TableCsv columns={columns} rows={rows} />
          </div>
          {shown.length === 0 ? (
            <EmptyState title={w('promises.none-fit')} />
          ) : (
            <Table
              label={w('promises.page')}
              look="promises"
              columns={columns}
              rows={rows}
              keyOf={(it) => it.line.id}
              sortedBy="sort"
            />
          )}
        </section>
      )}
      <Proposals />
    </>
  );
}
