import { Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../../api/problem';
import {
  INTERVALS,
  putRecipients,
  type Recipient,
  type Recipients,
  readRecipients,
} from '../../api/recipients';
import { useMay } from '../../api/session';
import { useLanguage, useTerm, useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { tell } from '../../parts/notices';
import { Pick } from '../../parts/Pick';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';
import { ADD_RECIPIENT } from './recipient';

const MOST = 20;

/** Puts the list, and says what was done so that it can be taken back. */
function usePut(unit: string) {
  const client = useQueryClient();
  const put = async (version: number, recipients: Recipient[]) => {
    const now = await putRecipients(unit, version, recipients);
    client.setQueryData(['recipients', unit], now);
    void client.invalidateQueries({ queryKey: ['due'] });
    return now;
  };
  return useMutation({
    mutationFn: (change: { before: Recipients; to: Recipient[]; text: string }) =>
      put(change.before.version, change.to).then((now) =>
        tell({ text: change.text, undo: () => put(now.version, change.before.recipients) }),
      ),
    onError: (error) => {
      // Somebody else was quicker: what stands now is shown beside the reason.
      if (error instanceof Problem && error.status === 412)
        void client.invalidateQueries({ queryKey: ['recipients', unit] });
    },
  });
}

function AddRecipient({ unit, now, close }: { unit: string; now: Recipients; close: () => void }) {
  const w = useWords();
  const term = useTerm();
  const { language } = useLanguage();
  const [made, setMade] = useState<Recipient>({
    name: '',
    mail: '',
    webhook: null,
    language,
    interval: 'hourly',
    most: 20,
  });
  const set = (part: Partial<Recipient>) => setMade({ ...made, ...part });
  const put = usePut(unit);
  const one = { ...made, name: made.name.trim(), mail: made.mail?.trim() ?? null };
  const submit = () =>
    put.mutate(
      {
        before: now,
        to: [...now.recipients, one],
        text: w('recipients.added', { name: one.name }),
      },
      { onSuccess: close },
    );
  return (
    <SheetForm
      title={w('recipients.add')}
      make={w('recipients.add')}
      isBusy={put.isPending}
      error={put.error}
      submit={submit}
      close={close}
    >
      <TextField
        label={w('recipients.name')}
        value={made.name}
        set={(name) => set({ name })}
        maxLength={100}
        note={w('recipients.name.help')}
        isRequired
      />
      <TextField
        label={w('recipients.mail')}
        type="email"
        value={made.mail ?? ''}
        set={(mail) => set({ mail })}
        maxLength={200}
        isRequired
        isCode
      />
      <Pick
        label={w('recipients.interval')}
        value={made.interval}
        choose={(it) => set({ interval: it as Recipient['interval'] })}
        options={INTERVALS.map((it) => ({ id: it, label: term('interval', it) }))}
      />
      <Pick
        label={w('recipients.language')}
        value={made.language}
        choose={(it) => set({ language: it as Recipient['language'] })}
        options={(['sv', 'en'] as const).map((it) => ({ id: it, label: term('language', it) }))}
      />
    </SheetForm>
  );
}

function One({ unit, now, it }: { unit: string; now: Recipients; it: Recipients['recipients'][number] }) {
  const w = useWords();
  const term = useTerm();
  const put = usePut(unit);
  const remove = () =>
    put.mutate({
      before: now,
      to: now.recipients.filter((other) => other.name !== it.name),
      text: w('recipients.removed', { name: it.name }),
    });
  const ways = [it.mail ?? '', it.webhook === null ? '' : w('recipients.webhook', { n: it.webhook })];
  return (
    <li>
      <div>
        <p>
          <b>{it.name}</b> <span className="small faint">{ways.filter(Boolean).join(' · ')}</span>
        </p>
        <p className="small faint">
          {term('interval', it.interval)} · {term('language', it.language)}
        </p>
        {it.last_error && <p className="small past">{w('recipients.error', { error: it.last_error })}</p>}
        {put.error && <ProblemPanel error={put.error} />}
      </div>
      <button type="button" className="chip" onClick={remove} disabled={put.isPending}>
        {w('recipients.remove')}
        <span className="unseen">: {it.name}</span>
      </button>
    </li>
  );
}

/** Who in the unit is told before a promise breaks; for those alone who look after them there. */
export function RecipientsOf({ unit }: { unit: string }) {
  const w = useWords();
  const mayAnywhere = useMay()('recipients.manage');
  const [view, change] = useView();
  const { data, error, refetch } = useQuery({
    queryKey: ['recipients', unit],
    queryFn: () => readRecipients(unit),
    enabled: mayAnywhere,
  });
  if (error instanceof Problem && error.status === 403) return null;
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!data) return mayAnywhere ? <Skeleton height={150} aria-busy="true" /> : null;
  const isAdding = view.do === ADD_RECIPIENT.do;
  const isFull = data.recipients.length >= MOST;
  const close = () => change({ do: undefined });
  if (isAdding && !isFull) return <AddRecipient unit={unit} now={data} close={close} />;
  return (
    <section className="sheet" aria-labelledby="recipients">
      <div className="sheet-head">
        <div>
          <h2 id="recipients">{w('recipients.title')}</h2>
          <p className="small faint">{w(data.mail === 'off' ? 'recipients.off' : 'recipients.text')}</p>
        </div>
        {isFull ? (
          <span className="small faint">{w('recipients.full', { n: MOST })}</span>
        ) : (
          <button type="button" className="chip" onClick={() => change(ADD_RECIPIENT)}>
            {w('recipients.add')}
          </button>
        )}
      </div>
      {data.recipients.length === 0 ? (
        <p className="past">{w('recipients.none')}</p>
      ) : (
        <ul className="recipients">
          {data.recipients.map((it) => (
            <One key={it.name} unit={unit} now={data} it={it} />
          ))}
        </ul>
      )}
    </section>
  );
}
