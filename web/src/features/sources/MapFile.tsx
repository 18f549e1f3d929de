import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Imported, importUpload, type Look, type Reading, tryUpload } from '../../api/imports';
import { useWords } from '../../frame/language';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { useFigures } from '../../parts/times';
import { ZONE } from '../../parts/zone';
import { ColumnTable } from './ColumnTable';
import { ImportProgress } from './ImportProgress';
import { guess, isOwnForm, lackOf, type Mapping, needsZone, tomlOf } from './mapping';
import { TrialPanel } from './TrialPanel';
import { ZonePick } from './ZonePick';

const TRY_AFTER_MS = 400;

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/toml' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What the file is read by; nothing while something is lacking. */
function readingOf(mapping: Mapping, isOwn: boolean): Reading | undefined {
  if (isOwn) return { map: '', source: mapping.source.trim(), zone: mapping.zone };
  if (lackOf(mapping)) return undefined;
  return { map: tomlOf(mapping), source: '', zone: '' };
}

function FileSummary({ look }: { look: Look }) {
  const w = useWords();
  const { count } = useFigures();
  const values = {
    columns: look.columns.length,
    format: w(`import.format.${look.format}`),
    records: count(look.records),
  };
  return <p className="small faint">{w(look.whole ? 'import.file' : 'import.file.cut', values)}</p>;
}

/** Pointing at columns on the left, the events that come of them on the right. */
export function MapFile(props: { look: Look; done: (it: Imported) => void; leave: () => void }) {
  const { look } = props;
  const w = useWords();
  const client = useQueryClient();
  const [mapping, setMapping] = useState(() => guess(look, ''));
  const [isOwn, setOwn] = useState(() => isOwnForm(look));
  const asksZone = !isOwn && needsZone(mapping, look);
  const named: Mapping = { ...mapping, zone: asksZone ? mapping.zone || ZONE : mapping.zone };
  const reading = readingOf(named, isOwn);
  const [settled] = useDebouncedValue(reading, TRY_AFTER_MS);
  const trial = useQuery({
    queryKey: ['try', look.upload, settled],
    queryFn: ({ signal }) => tryUpload(look.upload, settled as Reading, signal),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const importing = useMutation({
    mutationFn: () => importUpload(look.upload, reading as Reading),
    onSuccess: (it) => {
      // Everything that is shown anywhere rests on events.
      client.removeQueries({ predicate: (one) => !['session', 'units'].includes(String(one.queryKey[0])) });
      props.done(it);
    },
  });
  const lack = isOwn ? undefined : lackOf(named);
  const hasEvents = (trial.data?.events ?? 0) > 0 && !trial.error && !trial.isPlaceholderData;
  return (
    <div className="import">
      <section className="sheet" aria-labelledby="columns">
        <div className="sheet-head">
          <div>
            <h2 id="columns">{look.name}</h2>
            <FileSummary look={look} />
          </div>
          <button type="button" className="quiet" onClick={props.leave}>
            {w('import.other-file')}
          </button>
        </div>
        <div className="import-head">
          <label className="pick">
            {w('import.source')}
            <input
              className="plain-field"
              value={mapping.source}
              maxLength={200}
              onChange={(event) => setMapping({ ...mapping, source: event.currentTarget.value })}
            />
            <span className="note">{w('import.source.text')}</span>
          </label>
          {asksZone && <ZonePick zone={named.zone} set={(zone) => setMapping({ ...mapping, zone })} />}
        </div>
        {isOwnForm(look) && (
          <label className="check import-own">
            <input
              type="checkbox"
              checked={isOwn}
              onChange={(event) => setOwn(event.currentTarget.checked)}
            />
            {w('import.own')}
          </label>
        )}
        {!isOwn && (
          <ColumnTable
            columns={look.columns}
            choices={mapping.choices}
            change={(choices) => setMapping({ ...mapping, choices })}
          />
        )}
        {!isOwn && reading && (
          <details className="import-map small">
            <summary>{w('import.map')}</summary>
            <p className="faint">{w('import.map.text')}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so that the keyboard must reach it */}
            <pre className="sent" tabIndex={0}>
              {reading.map}
            </pre>
            <button
              type="button"
              className="chip"
              onClick={() => save(`${named.source || 'map'}.toml`, reading.map)}
            >
              {w('import.map.save')}
            </button>
          </details>
        )}
      </section>
      <div className="stack import-side">
        {lack ? (
          <section className="sheet">
            <h2>{w('import.trial')}</h2>
            <p>{w(`import.lack.${lack}`)}</p>
          </section>
        ) : (
          <TrialPanel trial={trial.data} error={trial.error} isTrying={trial.isFetching} />
        )}
        <section className="sheet stack">
          {importing.error && <ProblemPanel error={importing.error} />}
          <Button
            onClick={() => importing.mutate()}
            loading={importing.isPending}
            disabled={!hasEvents || lack !== undefined}
          >
            {w('import.do')}
          </Button>
          {importing.isPending ? (
            <ImportProgress upload={look.upload} />
          ) : (
            <p className="small faint">{w('import.do.text')}</p>
          )}
        </section>
      </div>
    </div>
  );
}
