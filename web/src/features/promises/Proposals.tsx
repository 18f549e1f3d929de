import { useQuery } from '@tanstack/react-query';
import { listDefinitions, listRecords, type RegisterLine } from '../../api/registers';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useLanguage, useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';
import { PROPOSALS } from './PublishForm';

const SHOWN = 8;
const OPEN = 'proposed';

function Line({ of, state }: { of: RegisterLine; state: string }) {
  const w = useWords();
  const may = useMay();
  const { day } = useTimes();
  const promise = typeof of.values.promise === 'string' && of.values.promise ? of.values.promise : 'new';
  return (
    <li>
      <Go to={`/records/${of.id}`} className="promise-link">
        {of.title}
      </Go>
      <span className="small faint">
        {' '}
        {state} · {day(of.created_at)}
      </span>{' '}
      {of.state === OPEN && may('promises.draft') && (
        <Go to={`/promises/${promise}/edit`} view={{ proposal: of.id }}>
          {w('proposals.look')}
        </Go>
      )}
    </li>
  );
}

/** What has been proposed, and what came of it. */
export function Proposals() {
  const w = useWords();
  const { language } = useLanguage();
  const records = useQuery({
    queryKey: [PROPOSALS, 'list'],
    queryFn: () => listRecords(PROPOSALS, { limit: SHOWN }),
    retry: false,
  });
  const definitions = useQuery({ queryKey: ['registers'], queryFn: listDefinitions });
  const states = definitions.data?.registers.find((it) => it.id === PROPOSALS)?.states ?? [];
  const nameOf = (id: string) => states.find((it) => it.id === id)?.name[language] ?? id;
  if (!records.data) return null;
  return (
    <section className="sheet" aria-labelledby="proposals">
      <div className="sheet-head">
        <div>
          <h2 id="proposals">{w('proposals.title')}</h2>
          <p className="small faint">{w('proposals.text')}</p>
        </div>
        <Go to={`/registers/${PROPOSALS}`} view={{ new: '1' }} className="chip">
          {w('proposals.add')}
        </Go>
      </div>
      <ul className="instances">
        {records.data.records.map((it) => (
          <Line key={it.id} of={it} state={nameOf(it.state)} />
        ))}
      </ul>
      {records.data.next && <Go to={`/registers/${PROPOSALS}`}>{w('proposals.all')}</Go>}
    </section>
  );
}
