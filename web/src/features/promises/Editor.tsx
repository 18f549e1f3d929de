import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { checkText, type Diagnostic, publish, readPromise } from '../../api/promises';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useGo, usePart } from '../../frame/routes';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { BackTestPanel } from './BackTestPanel';
import { CodeField } from './CodeField';
import { titleOf } from './OnePromise';
import './promises.css';

const NEW = 'new';
const TEMPLATE = `promise delivered-in-a-week "Delivered within five working days"
  kept by logistics   weight 3
  when order.placed
  then order.delivered within 5 business days, same order
  unless order.cancelled, same order
  target 90% each month, at least 20 instances
`;
const READ_AFTER_MS = 250;

function Diagnostics({ found }: { found: Diagnostic[] }) {
  const w = useWords();
  return (
    <ul className="diagnostics">
      {found.map((it) => (
        <li key={`${it.code}${it.from.line}:${it.from.column}`} className={it.severity}>
          <b>{w('edit.place', { line: it.from.line, column: it.from.column })}</b> {it.message}
          {it.suggestion && <> {w('edit.suggestion', { what: it.suggestion })}</>}
        </li>
      ))}
    </ul>
  );
}

function PublishForm(props: { text: string; etag: string | undefined; canPublish: boolean }) {
  const w = useWords();
  const go = useGo();
  const may = useMay();
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const publishing = useMutation({
    mutationFn: () => publish(props.text, why.trim(), props.etag),
    onSuccess: async (it) => {
      tell({ text: w('edit.published', { title: titleOf(it.text, it.id), n: it.version }) });
      for (const key of ['promise', 'promises', 'gap', 'instances']) {
        client.removeQueries({ queryKey: [key] });
      }
      go(`/promises/${it.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publishing.mutate();
  };
  if (!may('promises.publish')) return <p className="faint">{w('edit.may-not')}</p>;
  return (
    <form className="sheet stack" onSubmit={submit}>
      <TextInput
        label={w('edit.why')}
        description={w('edit.why.text')}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      {publishing.error && <ProblemPanel error={publishing.error} />}
      <div className="row">
        <Button type="submit" loading={publishing.isPending} disabled={!props.canPublish}>
          {w('edit.publish')}
        </Button>
      </div>
    </form>
  );
}

function Edit({ id, before, etag }: { id: string; before: string; etag: string | undefined }) {
  const w = useWords();
  const [text, setText] = useState(before);
  const [settled] = useDebouncedValue(text, READ_AFTER_MS);
  const checked = useQuery({
    queryKey: ['check', settled],
    queryFn: ({ signal }) => checkText(settled, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const isCurrent = settled === text && !checked.isPlaceholderData;
  const diagnostics = checked.data?.diagnostics ?? [];
  const isOk = checked.data?.ok === true && isCurrent;
  const isNew = id === NEW;
  return (
    <>
      <header className="page-head">
        <div>
          <p className="small">
            <Go to={isNew ? '/promises' : `/promises/${id}`}>{w('edit.cancel')}</Go>
          </p>
          <h1>{isNew ? w('edit.title.new') : w('edit.title', { title: titleOf(before, id) })}</h1>
        </div>
      </header>
      <div className="edit">
        <div className="stack">
          <section className="sheet">
            <CodeField
              label={w('edit.text')}
              text={text}
              diagnostics={isCurrent ? diagnostics : []}
              change={setText}
            />
            <div role="status" className="edit-state">
              {checked.error && <ProblemPanel error={checked.error} />}
              {isOk && diagnostics.length === 0 && <p className="fine">{w('edit.ok')}</p>}
              {diagnostics.length > 0 && <Diagnostics found={diagnostics} />}
            </div>
          </section>
          <PublishForm text={text} etag={etag} canPublish={isOk && text !== before} />
        </div>
        <BackTestPanel text={isOk ? settled : undefined} against={isNew ? undefined : id} />
      </div>
    </>
  );
}

/** The text of a promise, what is wrong with it under the words, and what it would have done to history. */
export default function Editor() {
  const id = usePart('id') ?? NEW;
  const promise = useQuery({
    queryKey: ['promise', id],
    queryFn: () => readPromise(id),
    enabled: id !== NEW,
  });
  if (id === NEW) return <Edit id={NEW} before={TEMPLATE} etag={undefined} />;
  if (promise.error) return <ProblemPanel error={promise.error} retry={() => void promise.refetch()} />;
  const latest = promise.data?.data.versions.at(-1);
  if (!latest) return <div aria-busy="true" />;
  return <Edit key={latest.version} id={id} before={latest.text} etag={promise.data?.etag} />;
}
