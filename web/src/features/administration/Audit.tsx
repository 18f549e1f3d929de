import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type AuditLine, listPeople, readAudit } from '../../api/administration';
import { useMay } from '../../api/session';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { type Column, Table, TableCsv } from '../../parts/Table';
import { TextField } from '../../parts/TextField';
import { useTimes } from '../../parts/times';

function Search() {
  const w = useWords();
  const [view, change] = useView();
  const [who, setWho] = useState(view.who ?? '');
  const [whom, setWhom] = useState(view.whom ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ who: who.trim() || undefined, whom: whom.trim() || undefined });
  };
  return (
    <search>
      <form className="filters" onSubmit={submit}>
        <TextField label={w('audit.who')} value={who} set={setWho} />
        <TextField label={w('audit.whom')} value={whom} set={setWhom} />
        <Button type="submit" variant="default">
          {w('audit.search')}
        </Button>
      </form>
    </search>
  );
}

/** The login of whoever did it, for those who may know who there is; else as it is noted. */
function useWho(): (line: AuditLine) => string {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['people'],
    queryFn: listPeople,
    enabled: may('people.administer'),
  });
  return ({ who, who_kind }) =>
    who_kind === 'person' ? (data?.people.find((it) => String(it.number) === who)?.login ?? who) : who;
}

function useColumns(): Column<AuditLine>[] {
  const w = useWords();
  const term = useTerm();
  const { moment } = useTimes();
  const who = useWho();
  return [
    {
      id: 'at',
      title: w('audit.at'),
      value: (it) => it.at,
      cell: (it) => moment(it.at),
      look: () => 'tabular nobreak',
    },
    { id: 'who', title: w('audit.who'), value: who, cell: who },
    { id: 'what', title: w('audit.what'), value: (it) => it.what, cell: (it) => term('audit', it.what) },
    { id: 'whom', title: w('audit.whom'), value: (it) => it.whom, cell: (it) => it.whom || '–' },
    {
      id: 'why',
      title: w('audit.why'),
      isWideOnly: true,
      value: (it) => it.why,
      cell: (it) => it.why || '–',
    },
  ];
}

/** Who did and saw what, the newest first. */
export function Audit() {
  const w = useWords();
  const columns = useColumns();
  const [view] = useView();
  const list = useInfiniteQuery({
    queryKey: ['audit', view.who, view.whom],
    queryFn: ({ pageParam }) => readAudit({ who: view.who, whom: view.whom, beyond: pageParam || undefined }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_beyond ?? undefined,
    staleTime: 0,
  });
  const lines = list.data?.pages.flatMap((it) => it.lines) ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const readOn = hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined;
  return (
    <section className="sheet" aria-labelledby="audit">
      <div className="sheet-head">
        <div>
          <h2 id="audit">{w('administration.audit')}</h2>
          <p className="small faint">{w('audit.text')}</p>
        </div>
        <TableCsv columns={columns} rows={lines} />
      </div>
      <Search />
      {list.error && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
      {!list.data && !list.error && <Skeleton height={240} aria-busy="true" />}
      {list.data && lines.length === 0 && <p className="faint">{w('audit.none')}</p>}
      {lines.length > 0 && (
        <Table
          label={w('administration.audit')}
          look="audit"
          columns={columns}
          rows={lines}
          keyOf={(it) => it.number}
          more={readOn}
        />
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={readOn}>
          {w('register.more')}
        </Button>
      )}
    </section>
  );
}
