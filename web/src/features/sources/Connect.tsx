import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type ApiKey, addKey, listSources } from '../../api/administration';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useCopy } from '../../parts/copy';
import { ChoiceInput } from '../../parts/FieldInput';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { exampleOf, WAYS, type Way } from './examples';
import '../../parts/records.css';

const LOOKS_EVERY_MS = 1500;
const KEY_HERE = 'hs_…';

/** Says when the first event of the source has come. */
function Arrival({ source }: { source: string }) {
  const w = useWords();
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['sources', 'arrival', source],
    queryFn: listSources,
    enabled: may('rejects.read'),
    refetchInterval: LOOKS_EVERY_MS,
  });
  if (!may('rejects.read')) return <p className="small faint">{w('connect.cannot-watch')}</p>;
  const found = data?.sources.find((it) => it.name === source && it.event_types > 0);
  return (
    <div role="status" className={found ? 'arrival here' : 'arrival'}>
      {found ? (
        <>
          <p>
            <b>{w('connect.arrived', { source })}</b>
          </p>
          {may('card.read') && (
            <p>
              {w('connect.look-up')} <Go to="/customer">{w('connect.find')}</Go>
            </p>
          )}
        </>
      ) : (
        <p>{w('connect.waiting', { source })}</p>
      )}
    </div>
  );
}

function MakeKey({ made }: { made: (key: ApiKey & { key: string }) => void }) {
  const w = useWords();
  const [source, setSource] = useState('');
  const adding = useMutation({
    mutationFn: () => addKey({ name: source.trim(), source: source.trim(), scopes: ['events.send'] }),
    onSuccess: made,
    gcTime: 0, // Why: the key's text is kept nowhere but on the sheet that shows it
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate();
  };
  return (
    <form onSubmit={submit} className="stack connect-key">
      <TextInput
        label={w('connect.which')}
        description={w('connect.which.text')}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        pattern="[a-z0-9_\-]+"
        maxLength={60}
        autoComplete="off"
        required
        withAsterisk={false}
      />
      {adding.error && <ProblemPanel error={adding.error} />}
      <div className="row">
        <Button type="submit" loading={adding.isPending}>
          {w('connect.make-key')}
        </Button>
      </div>
    </form>
  );
}

/** A system connected: its key, the very line to run, and the first event as it comes. */
export function Connect() {
  const w = useWords();
  const may = useMay();
  const [way, setWay] = useState<Way>('curl');
  const [key, setKey] = useState<ApiKey & { key: string }>();
  const [time] = useState(() => new Date().toISOString());
  const source = key?.source ?? 'webshop';
  const text = exampleOf(way, window.location.origin, key?.key ?? KEY_HERE, source, time);
  const put = useCopy();
  const copy = () => put(() => navigator.clipboard.writeText(text), w('connect.copied'));
  return (
    <div className="stack">
      {!key && may('keys.administer') && <MakeKey made={setKey} />}
      {!key && !may('keys.administer') && <p className="small faint">{w('sources.connect.text')}</p>}
      {key && <p>{w('connect.made', { source })}</p>}
      <ChoiceInput
        label={w('connect.way')}
        values={WAYS.map((it) => ({ id: it, label: w(`connect.way.${it}`) }))}
        value={way}
        set={(it) => it && setWay(it as Way)}
      />
      <p className="small faint">{w(`connect.text.${way}`)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so that the keyboard must reach it */}
      <pre className="sent" tabIndex={0}>
        {text}
      </pre>
      <div className="row">
        <button type="button" className="chip" onClick={() => void copy()}>
          {w('keys.copy')}
        </button>
      </div>
      {key && <Arrival source={source} />}
    </div>
  );
}
