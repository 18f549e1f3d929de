import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { putSource, type Source } from '../../api/administration';
import { useMay } from '../../api/session';
import { useWords } from '../../frame/language';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { type Column, Table, TableCsv } from '../../parts/Table';
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

/** Which source it is, and of what kind. */
export function useSourceColumns(): Column<Source>[] {
  const w = useWords();
  const kind = (it: Source) => w(it.is_live ? 'sources.live' : 'sources.file');
  return [
    {
      id: 'source',
      title: w('sources.source'),
      value: (it) => it.name,
      cell: (it) => it.name,
      look: () => 'source-name',
    },
    { id: 'kind', title: w('sources.kind'), isWideOnly: true, value: kind, cell: kind },
  ];
}

function useColumns(): Column<Source>[] {
  const w = useWords();
  const named = useSourceColumns();
  const { day, moment, ago } = useTimes();
  const now = Date.now();
  return [
    ...named,
    {
      id: 'fresh',
      title: w('sources.fresh'),
      value: (it) => it.complete_through,
      cell: (it) =>
        it.complete_through ? (
          <>
            {moment(it.complete_through)}{' '}
            <span className="small faint nobreak">({ago(it.complete_through, now)})</span>
          </>
        ) : (
          <span className="faint">{w('sources.nothing')}</span>
        ),
    },
    {
      id: 'since',
      title: w('sources.since'),
      isWideOnly: true,
      value: (it) => it.history_start,
      cell: (it) => (it.history_start ? day(it.history_start) : '–'),
    },
    {
      id: 'types',
      title: w('sources.types'),
      isNumber: true,
      isWideOnly: true,
      value: (it) => it.event_types,
      cell: (it) => it.event_types,
    },
    { id: 'lag', title: w('sources.lag'), value: (it) => it.lag_s, cell: (it) => <Lag source={it} /> },
  ];
}

export function SourceTable({ sources }: { sources: Source[] }) {
  const w = useWords();
  const columns = useColumns();
  return (
    <section className="sheet" aria-labelledby="sources">
      <div className="sheet-head">
        <h2 id="sources">{w('sources.list')}</h2>
        <TableCsv columns={columns} rows={sources} />
      </div>
      <Table
        label={w('sources.list')}
        columns={columns}
        rows={sources}
        keyOf={(it) => it.name}
        sortedBy="sort"
      />
    </section>
  );
}
