import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type PromiseGap, readInstances } from '../../api/promises';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { CsvButton } from '../../parts/CsvButton';
import { EmptyState } from '../../parts/EmptyState';
import { LongList } from '../../parts/LongList';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useFigures, useTimes } from '../../parts/times';
import { Verdict } from '../../parts/Verdict';

const CHOICES = ['broken', 'late', 'overdue', 'pending', 'kept'] as const;
const SHOWN = 50;
/** More than these at once nobody reads. */
const AT_MOST = 2_000;

/** Single promises to single customers, each with its reason in words. */
export function Instances({ id, of }: { id: string; of: PromiseGap[] | undefined }) {
  const w = useWords();
  const term = useTerm();
  const may = useMay();
  const { moment } = useTimes();
  const { count } = useFigures();
  const [view, change] = useView();
  const verdict = CHOICES.find((it) => it === view.verdict) ?? 'broken';
  const shown = Math.min(Math.max(Number.parseInt(view.rows ?? '', 10) || SHOWN, SHOWN), AT_MOST);
  const found = useQuery({
    queryKey: ['instances', id, verdict, shown],
    queryFn: () => readInstances(id, verdict, shown),
    // While more is read, what is shown stays.
    placeholderData: (before, query) => (query?.queryKey[2] === verdict ? before : undefined),
    staleTime: 300_000,
  });
  const rows = found.data?.instances ?? [];
  const all = of?.reduce((sum, it) => sum + it[verdict], 0) ?? rows.length;
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
                onClick={() => change({ verdict: it === 'broken' ? undefined : it, rows: undefined })}
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
        <LongList
          look="instances"
          rows={rows}
          keyOf={(it) => `${it.activation.source}${it.activation.id}${it.version}`}
          height={64}
          more={undefined}
          draw={(it) => (
            <>
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
            </>
          )}
        />
      )}
      {all > rows.length && rows.length > 0 && (
        <div className="row instances-more">
          <span className="small faint">
            {w('promise.instances.first', { n: rows.length, of: count(all) })}
          </span>
          {shown < AT_MOST && (
            <Button
              variant="default"
              size="xs"
              loading={found.isFetching}
              onClick={() => change({ rows: String(Math.min(shown * 4, AT_MOST)) })}
            >
              {w('register.more')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
