import { Skeleton } from '@mantine/core';
import type { PeriodFigures, PromiseGap } from '../../api/promises';
import { useMay } from '../../api/session';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { usePart } from '../../frame/routes';
import { Asked } from '../../parts/Asked';
import { LiveFigures } from '../../parts/anew';
import { useCauses } from '../../parts/causes';
import { useDefinition } from '../../parts/definitions';
import { useGapByMonth, useWeights } from '../../parts/gaps';
import { lastFullMonth, monthsOf, periodAt } from '../../parts/months';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { Trend } from '../../parts/Trend';
import { useFigures, useTimes } from '../../parts/times';
import { RecordTable } from '../registers/RecordTable';
import { Caused } from './Caused';
import { causedElsewhere, causedHere } from './caused';
import { OwedCases } from './OwedCases';
import { RecipientsOf } from './Recipients';
import { useCasesFor, useOpenCases, useOpenCommitments } from './reading';
import './units.css';

interface Row {
  promise: PromiseGap;
  of: PeriodFigures | undefined;
}

function Promises({ promises, from }: { promises: PromiseGap[]; from: string | undefined }) {
  const w = useWords();
  const { percent } = useFigures();
  if (promises.length === 0) return <p className="faint">{w('units.kept.none')}</p>;
  const columns: Column<Row>[] = [
    {
      id: 'promise',
      title: w('promises.promise'),
      value: ({ promise }) => promise.title,
      cell: ({ promise }) => (
        <Go to={`/promises/${promise.id}`} className="promise-link">
          {promise.title}
        </Go>
      ),
    },
    {
      id: 'target',
      title: w('promises.target'),
      isNumber: true,
      isWideOnly: true,
      value: ({ promise }) => promise.target,
      cell: ({ promise }) => percent(promise.target),
    },
    {
      id: 'delivered',
      title: w('now.delivered'),
      isNumber: true,
      value: ({ of }) => of?.rate,
      cell: ({ of }) => percent(of?.rate),
      bar: ({ of }) => of && <RateBar of={of} />,
    },
  ];
  const rows = promises
    .map((promise) => ({ promise, of: from ? periodAt(promise, from) : undefined }))
    .sort((a, b) => (a.of?.rate ?? 2) - (b.of?.rate ?? 2));
  return (
    <>
      <Table
        label={w('units.promises')}
        columns={columns}
        rows={rows}
        keyOf={({ promise }) => promise.id}
        sortedBy="kept"
      />
      <TableCsv columns={columns} rows={rows} />
    </>
  );
}

/** One unit: what it promised and kept over time, and what it owes. */
export default function OneUnit() {
  const w = useWords();
  const may = useMay();
  const { month } = useTimes();
  const id = usePart('unit') ?? '';
  const name = useUnitName()(id);
  const gap = useGapByMonth(may('gap.read'));
  const weights = useWeights();
  const cases = useOpenCases(id);
  const owed = useCasesFor(id);
  const commitments = useOpenCommitments(id);
  const caseDefinition = useDefinition('case');
  const commitmentDefinition = useDefinition('commitment');
  const months = gap.data ? monthsOf(gap.data, weights, id) : [];
  const shown = gap.data ? lastFullMonth(monthsOf(gap.data, weights)) : undefined;
  const causes = useCauses(shown?.from, shown?.to);
  const until = months.findIndex((it) => it.from === shown?.from);
  const promises = gap.data?.promises.filter((it) => it.unit === id) ?? [];
  return (
    <>
      <header className="page-head">
        <div>
          <p className="small">
            <Go to="/units">{w('units.back')}</Go>
          </p>
          <h1>{name}</h1>
        </div>
        <Go to="/registers/case" view={{ new: '1', unit: id }} className="action">
          {w('units.open-case')}
        </Go>
      </header>
      <div className="stack units">
        {may('stream.read') && <LiveFigures />}
        {gap.error && <ProblemPanel error={gap.error} retry={() => void gap.refetch()} />}
        <div className="unit-columns">
          <section className="sheet" aria-labelledby="owe">
            <div className="sheet-head">
              <h2 id="owe">{w('units.owe')}</h2>
            </div>
            <Asked query={cases}>
              {(records) =>
                records.length > 0 ? (
                  <RecordTable
                    definition={caseDefinition}
                    records={records}
                    label={w('units.owe')}
                    isOfOneUnit
                    isCopied
                  />
                ) : (
                  <p className="faint">{w('units.owe.none')}</p>
                )
              }
            </Asked>
          </section>
          <OwedCases
            id="owed"
            title={w('units.owed')}
            none={w('units.owed.none', { unit: name })}
            query={owed}
          />
        </div>
        <RecipientsOf unit={id} />
        <section className="sheet" aria-labelledby="commitments">
          <div className="sheet-head">
            <h2 id="commitments">{w('units.commitments')}</h2>
          </div>
          <Asked query={commitments}>
            {(records) =>
              records.length > 0 ? (
                <RecordTable
                  definition={commitmentDefinition}
                  records={records}
                  label={w('units.commitments')}
                  isOfOneUnit
                  isCopied
                />
              ) : (
                <p className="faint">{w('units.commitments.none')}</p>
              )
            }
          </Asked>
        </section>
        {causes.error && <ProblemPanel error={causes.error} retry={() => void causes.refetch()} />}
        {(gap.isLoading || causes.isLoading) && <Skeleton height={400} aria-busy="true" />}
        {causes.data && shown && (
          <div className="unit-columns">
            <Caused
              id="elsewhere"
              title={w('units.caused.elsewhere')}
              text={w('units.month', { month: month(shown.from) })}
              none={w('units.caused.elsewhere.none')}
              lines={causedElsewhere(causes.data, id)}
            />
            <Caused
              id="here"
              title={w('units.caused.here')}
              text={w('units.month', { month: month(shown.from) })}
              none={w('units.caused.here.none')}
              lines={causedHere(causes.data, id)}
            />
          </div>
        )}
        <section className="sheet" aria-labelledby="kept">
          <div className="sheet-head">
            <h2 id="kept">{w('units.kept')}</h2>
          </div>
          {!gap.data ? (
            gap.isLoading && <Skeleton height={220} aria-busy="true" />
          ) : (
            <>
              {until > 0 && (
                <Trend
                  label={w('now.trend')}
                  points={months.slice(0, until + 1).map((it) => ({
                    from: it.from,
                    promised: it.weighed?.promised ?? null,
                    delivered: it.weighed?.delivered ?? null,
                  }))}
                />
              )}
              <Promises promises={promises} from={shown?.from} />
            </>
          )}
        </section>
      </div>
    </>
  );
}
