import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type AuditLine, listPeople, readAudit } from '../../api/administration';
import { useMay } from '../../api/session';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { CsvButton } from '../../parts/CsvButton';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { TableWrap } from '../../parts/TableWrap';
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

/** Who did and saw what, the newest first. */
export function Audit() {
  const w = useWords();
  const term = useTerm();
  const { moment } = useTimes();
  const who = useWho();
  const [view] = useView();
  const list = useInfiniteQuery({
    queryKey: ['audit', view.who, view.whom],
    queryFn: ({ pageParam }) => readAudit({ who: view.who, whom: view.whom, beyond: pageParam || undefined }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_beyond ?? undefined,
    staleTime: 0,
  });
  const lines = list.data?.pages.flatMap((it) => it.lines) ?? [];
  const csv = () => [
    [w('audit.at'), w('audit.who'), w('audit.what'), w('audit.whom'), w('audit.why')],
    ...lines.map((it) => [it.at, who(it), it.what, it.whom, it.why]),
  ];
  return (
    <section className="sheet" aria-labelledby="audit">
      <div className="sheet-head">
        <div>
          <h2 id="audit">{w('administration.audit')}</h2>
          <p className="small faint">{w('audit.text')}</p>
        </div>
        <CsvButton rows={csv} />
      </div>
      <Search />
      {list.error && <ProblemPanel error={list.error} retry={() => void list.refetch()} />}
      {!list.data && !list.error && <Skeleton height={240} aria-busy="true" />}
      {list.data && lines.length === 0 && <p className="faint">{w('audit.none')}</p>}
      {lines.length > 0 && (
        <TableWrap label={w('audit.what')}>
          <table className="list audit">
            <thead>
              <tr>
                <th>{w('audit.at')}</th>
                <th>{w('audit.who')}</th>
                <th>{w('audit.what')}</th>
                <th>{w('audit.whom')}</th>
                <th className="wide-only">{w('audit.why')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((it) => (
                <tr key={it.number}>
                  <td className="tabular nobreak">{moment(it.at)}</td>
                  <td>{who(it)}</td>
                  <td>{term('audit', it.what)}</td>
                  <td>{it.whom || '–'}</td>
                  <td className="wide-only">{it.why || '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableWrap>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {w('register.more')}
        </Button>
      )}
    </section>
  );
}
