import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readState, type ServerState, type Source } from '../../api/administration';
import { useWords, type WordId } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useFigures, useTimes } from '../../parts/times';
import { Freshness, isSilent, useFreshness } from './Silent';

const NOW = ['customers', 'instances', 'deadlines', 'waiting_rejects'] as const;
const SINCE = ['events', 'duplicates', 'refused', 'changes'] as const;
const BEHIND = ['waiting_events', 'uncommitted_events', 'queued_bytes'] as const;

/** As `handslag doctor` has it: an import may need more. */
const LITTLE_DISK_BYTES = 2 ** 30;
/** Longer than this what has come in should not wait to be evaluated. */
const LONG_WAIT_MS = 60_000;

type Finding = { word: WordId; isFault: boolean; values?: Record<string, string | number> };

/** What is wrong, the worst first; nothing where all is as it should be. */
export function findingsOf(
  state: ServerState,
  sources: Source[],
  now: number,
  bytes: (n: number) => string,
): Finding[] {
  const found: Finding[] = [];
  if (state.failure) found.push({ word: 'health.failed', isFault: true, values: { why: state.failure } });
  if (state.notices?.failure) {
    found.push({ word: 'health.notices-failed', isFault: true, values: { why: state.notices.failure } });
  }
  if (state.free_disk_bytes !== null && state.free_disk_bytes < LITTLE_DISK_BYTES) {
    found.push({
      word: 'health.little-disk',
      isFault: false,
      values: { free: bytes(state.free_disk_bytes) },
    });
  }
  if (state.waiting_since && now - Date.parse(state.waiting_since) > LONG_WAIT_MS) {
    found.push({ word: 'health.slow', isFault: false, values: { n: state.waiting_events } });
  }
  const failing = (state.notices?.failing_webhooks ?? 0) + (state.notices?.webhooks_off ?? 0);
  if (failing > 0) found.push({ word: 'health.webhooks-failing', isFault: false, values: { n: failing } });
  const silent = sources.filter((it) => isSilent(it, now)).map((it) => it.name);
  if (silent.length > 0) {
    found.push({
      word: 'health.silent',
      isFault: false,
      values: { n: silent.length, names: silent.join(', ') },
    });
  }
  return found;
}

function Findings({ state }: { state: ServerState }) {
  const w = useWords();
  const sources = useFreshness();
  const { bytes } = useFigures();
  const findings = findingsOf(state, sources.data ?? [], Date.now(), bytes);
  // Nobody says that all is well before everything is known.
  if (findings.length === 0 && sources.isError) return null;
  if (findings.length === 0 && !sources.data) return <Skeleton height={64} aria-busy="true" />;
  if (findings.length === 0) {
    return (
      <section className="sheet health-ok">
        <h2>{w('health.ok')}</h2>
      </section>
    );
  }
  const isFault = findings.some((it) => it.isFault);
  return (
    <section className={isFault ? 'problem' : 'sheet'} aria-labelledby="findings">
      <h2 id="findings">{w(isFault ? 'health.has-faults' : 'health.look')}</h2>
      <ul className="findings">
        {findings.map((it) => (
          <li key={it.word}>{w(it.word, it.values)}</li>
        ))}
      </ul>
    </section>
  );
}

function Group(props: { title: string; figures: { name: string; said: string }[] }) {
  return (
    <section className="sheet" aria-label={props.title}>
      <div className="sheet-head">
        <h2>{props.title}</h2>
      </div>
      <dl className="figures">
        {props.figures.map((it) => (
          <div key={it.name}>
            <dt>{it.name}</dt>
            <dd className="figure-2">{it.said}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** How far the server is, asked again every few seconds. */
export function Health() {
  const w = useWords();
  const { count, bytes } = useFigures();
  const { ago } = useTimes();
  const { data, error, refetch } = useQuery({
    queryKey: ['state'],
    queryFn: readState,
    refetchInterval: 5_000,
  });
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} aria-busy="true" />;
  const counts = (names: readonly (keyof ServerState)[]) =>
    names.map((it) => ({ name: w(`health.${it}` as 'health.events'), said: count(Number(data[it])) }));
  const { notices } = data;
  return (
    <div className="stack">
      <Findings state={data} />
      <Group title={w('now.live')} figures={counts(NOW)} />
      <Freshness />
      <Group title={w('health.text')} figures={counts(SINCE)} />
      <Group
        title={w('health.behind')}
        figures={[
          ...counts(BEHIND),
          {
            name: w('health.waiting_since'),
            said: data.waiting_since ? ago(data.waiting_since, Date.now()) : w('health.nothing-waits'),
          },
        ]}
      />
      <Group
        title={w('health.server')}
        figures={[
          { name: w('health.version'), said: data.version },
          { name: w('health.disk'), said: data.free_disk_bytes === null ? '–' : bytes(data.free_disk_bytes) },
          ...(notices
            ? [
                { name: w('health.mail'), said: w(notices.mail === 'on' ? 'health.on' : 'health.off') },
                { name: w('health.webhooks'), said: count(notices.webhooks) },
                { name: w('health.waiting_items'), said: count(notices.waiting_items) },
              ]
            : []),
        ]}
      />
    </div>
  );
}
