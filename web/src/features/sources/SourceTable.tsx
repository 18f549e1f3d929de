import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { putSource, type Source } from '../../api/administration';
import { useMay } from '../../api/session';
import { useWords } from '../../frame/language';
import { CsvButton } from '../../parts/CsvButton';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useTimes } from '../../parts/times';

/** How late a source may be before what it has not sent counts as not happened. */
function Lag({ source }: { source: Source }) {
  const w = useWords();
  const may = useMay();
  const client = useQueryClient();
  const { lasting } = useTimes();
  const [minutes, setMinutes] = useState<string>();
  const write = async (lag: number | null) => {
    client.setQueryData(['sources'], await putSource(source.name, lag));
  };
  const saving = useMutation({
    mutationFn: () => write(minutes ? Number(minutes.replace(',', '.')) * 60 : null),
    onSuccess: () => {
      const seconds = Number((minutes ?? '').replace(',', '.')) * 60;
      tell({
        text: minutes
          ? w('sources.lag.saved', { source: source.name, time: lasting(seconds) })
          : w('sources.lag.saved-none', { source: source.name }),
        undo: () => write(source.lag_s),
      });
      setMinutes(undefined);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const said = source.lag_s === null ? w('sources.lag.unknown') : lasting(source.lag_s);
  if (!may('sources.manage')) return <>{said}</>;
  if (minutes === undefined) {
    return (
      <button
        type="button"
        className="quiet"
        aria-label={`${said}. ${w('sources.lag.edit', { source: source.name })}`}
        onClick={() => setMinutes(source.lag_s === null ? '' : String(source.lag_s / 60))}
      >
        {said}
      </button>
    );
  }
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && setMinutes(undefined)}>
      <span className="lag-field">
        <input
          className="plain-field"
          type="number"
          min={0}
          step="any"
          // biome-ignore lint/a11y/noAutofocus: it was just asked for with the button in its place
          autoFocus
          aria-label={w('sources.lag.minutes', { source: source.name })}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <span className="small faint">min</span>
        <button type="submit" className="chip" disabled={saving.isPending}>
          {w('sources.lag.save')}
        </button>
      </span>
      {saving.error && <ProblemPanel error={saving.error} />}
    </form>
  );
}

export function SourceTable({ sources }: { sources: Source[] }) {
  const w = useWords();
  const { day, moment, ago } = useTimes();
  const now = Date.now();
  const csv = () => [
    [w('sources.source'), w('sources.kind'), w('sources.fresh'), w('sources.since'), w('sources.types')],
    ...sources.map((it) => [
      it.name,
      w(it.is_live ? 'sources.live' : 'sources.file'),
      it.complete_through,
      it.history_start,
      it.event_types,
    ]),
  ];
  return (
    <section className="sheet" aria-labelledby="sources">
      <div className="sheet-head">
        <h2 id="sources">{w('sources.list')}</h2>
        <CsvButton rows={csv} />
      </div>
      <div className="table-wrap">
        <table className="list">
          <thead>
            <tr>
              <th>{w('sources.source')}</th>
              <th className="wide-only">{w('sources.kind')}</th>
              <th>{w('sources.fresh')}</th>
              <th className="wide-only">{w('sources.since')}</th>
              <th className="number wide-only">{w('sources.types')}</th>
              <th>{w('sources.lag')}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((it) => (
              <tr key={it.name}>
                <td className="source-name">{it.name}</td>
                <td className="wide-only">{w(it.is_live ? 'sources.live' : 'sources.file')}</td>
                <td>
                  {it.complete_through ? (
                    <>
                      {moment(it.complete_through)}{' '}
                      <span className="small faint nobreak">({ago(it.complete_through, now)})</span>
                    </>
                  ) : (
                    <span className="faint">{w('sources.nothing')}</span>
                  )}
                </td>
                <td className="wide-only tabular">{it.history_start ? day(it.history_start) : '–'}</td>
                <td className="number wide-only">{it.event_types}</td>
                <td>
                  <Lag source={it} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
