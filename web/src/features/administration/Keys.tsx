import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiKey, addKey, listKeys, revokeKey } from '../../api/administration';
import { useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { useCopy } from '../../parts/copy';
import { EmptyState } from '../../parts/EmptyState';
import { doLater } from '../../parts/later';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';
import { useTimes } from '../../parts/times';

const SCOPES = [
  'events.send',
  'files.import',
  'gap.read',
  'promises.read',
  'card.read',
  'customers.identify',
  'stream.read',
  'results.read',
  'rejects.read',
  'metrics.read',
];
const KEY = ['keys'];

function MadeKey({ made, close }: { made: ApiKey & { key: string }; close: () => void }) {
  const w = useWords();
  const put = useCopy();
  const copy = () => put(() => navigator.clipboard.writeText(made.key), w('keys.copied'));
  return (
    <section className="sheet made-key" role="status">
      <h2>{w('keys.made', { name: made.name })}</h2>
      <p>{w('keys.once')}</p>
      <p className="key-text">{made.key}</p>
      <div className="row">
        <Button onClick={() => void copy()}>{w('keys.copy')}</Button>
        <Button variant="subtle" onClick={close}>
          {w('keys.done')}
        </Button>
      </div>
    </section>
  );
}

function AddKey({ close, made }: { close: () => void; made: (key: ApiKey & { key: string }) => void }) {
  const w = useWords();
  const term = useTerm();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [source, setSource] = useState('');
  const [scopes, setScopes] = useState(['events.send']);
  const adding = useMutation({
    mutationFn: () => addKey({ name: name.trim(), source: source.trim(), scopes }),
    onSuccess: (key) => {
      void client.invalidateQueries({ queryKey: KEY });
      made(key);
      close();
    },
    gcTime: 0, // Why: the key's text is kept nowhere but on the sheet that shows it
  });
  return (
    <SheetForm
      title={w('keys.add')}
      make={w('keys.add')}
      isBusy={adding.isPending}
      isLacking={scopes.length === 0}
      error={adding.error}
      submit={adding.mutate}
      close={close}
    >
      <TextField label={w('keys.name')} value={name} set={setName} maxLength={200} isRequired />
      <TextField
        label={w('keys.source')}
        note={w('keys.source.help')}
        value={source}
        set={setSource}
        maxLength={200}
        isCode
      />
      <fieldset className="one-of">
        <legend>{w('keys.scopes')}</legend>
        <div className="scopes">
          {SCOPES.map((it) => (
            <label key={it} className="check">
              <input
                type="checkbox"
                checked={scopes.includes(it)}
                onChange={(event) =>
                  setScopes(
                    event.currentTarget.checked ? [...scopes, it] : scopes.filter((one) => one !== it),
                  )
                }
              />
              {term('scope', it)}
            </label>
          ))}
        </div>
      </fieldset>
    </SheetForm>
  );
}

function OneKey({ apiKey, hide, show }: { apiKey: ApiKey; hide: () => void; show: () => void }) {
  const w = useWords();
  const term = useTerm();
  const client = useQueryClient();
  const { day, moment } = useTimes();
  const revoke = () => {
    hide();
    doLater(
      w('keys.revoking', { name: apiKey.name }),
      async () => {
        await revokeKey(apiKey.number);
        await client.invalidateQueries({ queryKey: KEY });
        show();
      },
      show,
    );
  };
  return (
    <li className="person">
      <div>
        <p className="person-name">
          {apiKey.name} {apiKey.source && <span className="faint">{apiKey.source}</span>}
        </p>
        <p className="small faint">
          {apiKey.scopes.map((it) => term('scope', it)).join(', ')}
          {' · '}
          {w('keys.created', { when: day(apiKey.created), who: apiKey.created_by })}
          {' · '}
          {apiKey.used ? w('keys.used', { when: moment(apiKey.used) }) : w('keys.never')}
          {apiKey.revoked && (
            <span className="past"> · {w('keys.revoked', { when: day(apiKey.revoked) })}</span>
          )}
        </p>
      </div>
      {!apiKey.revoked && (
        <button
          type="button"
          className="chip"
          aria-label={`${w('keys.revoke')}: ${apiKey.name}`}
          onClick={revoke}
        >
          {w('keys.revoke')}
        </button>
      )}
    </li>
  );
}

/** Systems' ways in. A key's text is shown once. */
export function Keys() {
  const w = useWords();
  const [view, change] = useView();
  const [made, setMade] = useState<ApiKey & { key: string }>();
  const [hidden, setHidden] = useState<number[]>([]);
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: listKeys });
  const isAdding = view.new === '1';
  const shown = data?.keys.filter((it) => !hidden.includes(it.number)) ?? [];
  return (
    <>
      {made && <MadeKey made={made} close={() => setMade(undefined)} />}
      {isAdding && <AddKey made={setMade} close={() => change({ new: undefined })} />}
      <section className="sheet" aria-labelledby="keys">
        <div className="sheet-head">
          <div>
            <h2 id="keys">{w('administration.keys')}</h2>
            <p className="small faint">{w('keys.text')}</p>
          </div>
          {!isAdding && (
            <button type="button" className="chip" onClick={() => change({ new: '1' })}>
              {w('keys.add')}
            </button>
          )}
        </div>
        {error && <ProblemPanel error={error} retry={() => void refetch()} />}
        {!data && !error && <Skeleton height={160} aria-busy="true" />}
        {data && shown.length === 0 && <EmptyState title={w('keys.none')} text={w('keys.none.text')} />}
        <ul className="people">
          {shown.map((it) => (
            <OneKey
              key={it.number}
              apiKey={it}
              hide={() => setHidden((old) => [...old, it.number])}
              show={() => setHidden((old) => old.filter((number) => number !== it.number))}
            />
          ))}
        </ul>
      </section>
    </>
  );
}
