import { useQuery } from '@tanstack/react-query';
import { readInstances } from '../../api/promises';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { CsvButton } from '../../parts/CsvButton';
import { EmptyState } from '../../parts/EmptyState';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useTimes } from '../../parts/times';
import { Verdict } from '../../parts/Verdict';

const CHOICES = ['broken', 'late', 'overdue', 'pending', 'kept'] as const;
const SHOWN = 50;

/** Single promises to single customers, each with its reason in words. */
export function Instances({ id }: { id: string }) {
  const w = useWords();
  const term = useTerm();
  const may = useMay();
  const { moment } = useTimes();
  const [view, change] = useView();
  const verdict = CHOICES.find((it) => it === view.verdict) ?? 'broken';
  const found = useQuery({
    queryKey: ['instances', id, verdict],
    queryFn: () => readInstances(id, verdict, SHOWN),
    staleTime: 300_000,
  });
  const rows = found.data?.instances ?? [];
  const csv = () => [
    [w('promise.customer'), w('promise.due'), w('promise.verdict'), w('promise.reason')],
    ...rows.map((it) => [it.customer, it.due, term('verdict', it.verdict), it.reason]),
  ];
  return (
    <section className="sheet" aria-labelledby="instances" aria-busy={found.isLoading}>
      <div className="sheet-head">
        <h2 id="instances">{w('promise.instances')}</h2>
        <div className="row">
          <fieldset className="switch wraps">
            <legend className="unseen">{w('promise.only')}</legend>
            {CHOICES.map((it) => (
              <button
                key={it}
                type="button"
                aria-pressed={verdict === it}
                onClick={() => change({ verdict: it === 'broken' ? undefined : it })}
              >
                {term('verdict', it)}
              </button>
            ))}
          </fieldset>
          <CsvButton rows={csv} />
        </div>
      </div>
      {found.error && <ProblemPanel error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <EmptyState title={w('promise.instances.none')} />}
      {rows.length > 0 && (
        <ul className="instances">
          {rows.map((it) => (
            <li key={`${it.activation.source}${it.activation.id}${it.version}`}>
              <p className="row">
                <Verdict verdict={it.verdict} />
                {it.customer &&
                  (may('card.read') ? (
                    <Go to={`/customer/${it.customer}`}>{it.customer}</Go>
                  ) : (
                    <span>{it.customer}</span>
                  ))}
                {it.due && <span className="faint small">{w('customer.due', { when: moment(it.due) })}</span>}
              </p>
              <p className="small faint">{it.reason}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
