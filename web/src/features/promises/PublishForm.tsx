import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { publish } from '../../api/promises';
import { createRecord, moveRecord, type RegisterRecord } from '../../api/registers';
import { useMay } from '../../api/session';
import { useUnits } from '../../api/units';
import { useWords } from '../../frame/language';
import { useGo } from '../../frame/routes';
import { tell } from '../../parts/notices';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { titleOf } from './OnePromise';

export const PROPOSALS = 'proposal';
const textIn = (record: RegisterRecord | undefined, field: string) => {
  const value = record?.values[field];
  return typeof value === 'string' ? value : '';
};

interface Props {
  id: string | undefined;
  text: string;
  etag: string | undefined;
  isReady: boolean;
  /** What is being looked at, where the editor was opened from a proposal. */
  proposal: RegisterRecord | undefined;
}

const keptBy = (text: string) => /(?:kept\s+by|hålls\s+av)\s+"?([^\s"]+)/u.exec(text)?.[1] ?? '';

/** Puts the text in force, or before those who may: anyone may propose. */
export function PublishForm(props: Props) {
  const w = useWords();
  const go = useGo();
  const may = useMay();
  const client = useQueryClient();
  const units = useUnits();
  const [why, setWhy] = useState(() => textIn(props.proposal, 'why'));
  const mayPublish = may('promises.publish');
  const publishing = useMutation({
    mutationFn: async () => {
      const version = await publish(props.text, why.trim(), props.etag);
      if (props.proposal) await moveRecord(props.proposal.id, 'published', why.trim());
      return version;
    },
    onSuccess: (it) => {
      tell({ text: w('edit.published', { title: titleOf(it.text, it.id), n: it.version }) });
      for (const key of ['promise', 'promises', 'gap', 'instances', 'records', PROPOSALS]) {
        client.removeQueries({ queryKey: [key] });
      }
      go(`/promises/${it.id}`);
    },
  });
  const proposing = useMutation({
    mutationFn: () => {
      const unit = keptBy(props.text);
      return createRecord(PROPOSALS, {
        what: titleOf(props.text, props.id ?? ''),
        why: why.trim(),
        text: props.text,
        ...(props.id ? { promise: props.id } : {}),
        ...(units.some((it) => it.id === unit) ? { unit } : {}),
      });
    },
    onSuccess: (it) => {
      client.removeQueries({ queryKey: [PROPOSALS] });
      tell({ text: w('edit.proposed') });
      go(`/records/${it.id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mayPublish) publishing.mutate();
    else proposing.mutate();
  };
  const error = publishing.error ?? proposing.error;
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
      {error && <ProblemPanel error={error} />}
      <div className="row">
        {mayPublish && (
          <Button type="submit" loading={publishing.isPending} disabled={!props.isReady}>
            {w('edit.publish')}
          </Button>
        )}
        {!props.proposal && (
          <Button
            type={mayPublish ? 'button' : 'submit'}
            variant={mayPublish ? 'default' : 'filled'}
            loading={proposing.isPending}
            disabled={!props.isReady || !why.trim()}
            onClick={mayPublish ? () => proposing.mutate() : undefined}
          >
            {w('edit.propose')}
          </Button>
        )}
      </div>
      {!mayPublish && <p className="small faint">{w('edit.may-not')}</p>}
    </form>
  );
}
