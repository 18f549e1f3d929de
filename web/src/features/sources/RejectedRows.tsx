import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { listRejectedRows, type RejectedRow } from '../../api/imports';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { usePart } from '../../frame/routes';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { useFigures } from '../../parts/times';
import './sources.css';

function useColumns(hasRaw: boolean): Column<RejectedRow>[] {
  const w = useWords();
  const { count } = useFigures();
  const place = (it: RejectedRow) => it.line || it.record;
  const reason = (it: RejectedRow) => (it.column ? `${it.column}: ${it.reason}` : it.reason);
  return [
    { id: 'line', title: w('rows.line'), isNumber: true, value: place, cell: (it) => count(place(it)) },
    { id: 'reason', title: w('rows.reason'), value: reason, cell: reason },
    ...(hasRaw
      ? [
          {
            id: 'raw',
            title: w('rows.raw'),
            value: (it: RejectedRow) => it.raw ?? '',
            cell: (it: RejectedRow) => <code className="row-raw">{it.raw}</code>,
          },
        ]
      : []),
  ];
}

/** The rows of a file that could not be used, each with its reason. */
export default function RejectedRows() {
  const w = useWords();
  const number = usePart('number') ?? '';
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['rejected-rows', number],
    queryFn: ({ pageParam }) => listRejectedRows(number, pageParam),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_after ?? undefined,
  });
  const rows = data?.pages.flatMap((it) => it.rejects) ?? [];
  const columns = useColumns(rows.some((it) => it.raw !== undefined));
  const file = data?.pages[0]?.file ?? '';
  const readOn = hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined;
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('rows.title', { file })}</h1>
          <p>{w('rows.text')}</p>
        </div>
        <Go to="/sources/import">{w('import.list')}</Go>
      </header>
      {error && <ProblemPanel error={error} />}
      {!data && !error && <Skeleton height={320} aria-busy="true" />}
      {data && rows.length === 0 && <p className="faint">{w('rejects.none')}</p>}
      {rows.length > 0 && (
        <section className="sheet stack" aria-label={w('rows.title', { file })}>
          <TableCsv columns={columns} rows={rows} />
          <Table
            label={w('rows.title', { file })}
            columns={columns}
            rows={rows}
            keyOf={(it) => it.record}
            more={readOn}
          />
          {hasNextPage && (
            <Button variant="default" loading={isFetchingNextPage} onClick={readOn}>
              {w('rejects.more')}
            </Button>
          )}
        </section>
      )}
    </>
  );
}
