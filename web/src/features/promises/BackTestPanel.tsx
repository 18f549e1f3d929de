import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { backTest, type Counts } from '../../api/promises';
import { useTerm, useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { RateBar } from '../../parts/RateBar';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures } from '../../parts/times';

// Why so late: it evaluates all of history each time.
const TRY_AFTER_MS = 900;
const VERDICTS = ['kept', 'late', 'broken', 'pending', 'void'] as const;

function Side({ title, of }: { title: string; of: Counts }) {
  const { percent } = useFigures();
  return (
    <div className="test-side">
      <h3>{title}</h3>
      <p className="figure accent">{percent(of.rate, 1)}</p>
      <RateBar of={{ rate: of.rate, wilson: null, target: null }} />
    </div>
  );
}

/** How many of each verdict it would have been; before, now and the difference where there is a version in force. */
function Verdicts({ before, after }: { before: Counts | undefined; after: Counts }) {
  const w = useWords();
  const term = useTerm();
  const { count, points } = useFigures();
  type Name = (typeof VERDICTS)[number];
  const number = (id: string, title: string, value: (it: Name) => number, cell = count): Column<Name> => ({
    id,
    title,
    isNumber: true,
    value,
    cell: (it) => cell(value(it)),
  });
  const draft = number('draft', w('edit.test.draft'), (it) => after[it]);
  const verdict = (it: Name) => term('verdict', it);
  const columns: Column<Name>[] = [
    { id: 'verdict', title: w('promise.verdict'), value: verdict, cell: verdict },
    ...(before
      ? [
          number('now', w('edit.test.now'), (it) => before[it]),
          draft,
          number(
            'change',
            w('now.change-column'),
            (it) => after[it] - before[it],
            (it) => points(it / 100),
          ),
        ]
      : [draft]),
  ];
  return (
    <>
      <Table label={w('promise.verdict')} columns={columns} rows={[...VERDICTS]} keyOf={(it) => it} />
      <TableCsv columns={columns} rows={[...VERDICTS]} />
    </>
  );
}

/** What would have happened, had the promise read like this all the time. */
export function BackTestPanel({ text, against }: { text: string | undefined; against: string | undefined }) {
  const w = useWords();
  const [settled] = useDebouncedValue(text, TRY_AFTER_MS);
  const test = useQuery({
    queryKey: ['backtest', settled, against],
    queryFn: () => backTest(settled ?? '', against),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });
  const before = test.data?.in_force;
  const after = test.data?.with_draft ?? test.data?.gap?.promises[0];
  // Of the text as it was before: until the new is tried, and while it cannot be understood.
  const isOld = after !== undefined && (test.isPlaceholderData || settled !== text);
  return (
    <section className="sheet test" aria-labelledby="test" aria-busy={test.isFetching}>
      <div className="sheet-head">
        <h2 id="test">{w('edit.test')}</h2>
        <span className="faint small" role="status">
          {test.isFetching ? w('edit.testing') : ''}
        </span>
      </div>
      <p className="faint small">{w('edit.test.text')}</p>
      {test.error && <ProblemPanel error={test.error} />}
      {after && (
        <>
          {isOld && <p className="small past">{w('edit.test.old')}</p>}
          <div className={isOld ? 'test-sides test-old' : 'test-sides'}>
            {before && <Side title={w('edit.test.now')} of={before} />}
            <Side title={w('edit.test.draft')} of={after} />
          </div>
          {test.data?.changed !== undefined && (
            <p>
              <b>{w('edit.test.changed', { n: test.data.changed })}</b>
            </p>
          )}
          <Verdicts before={before} after={after} />
        </>
      )}
    </section>
  );
}
