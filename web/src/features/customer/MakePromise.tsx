import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { makeCommitment } from '../../api/registers';
import { useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';
import { UnitPick } from '../../parts/UnitPick';
import { ActionForm } from './ActionForm';
import type { ActionProps } from './Actions';
import { circumstances, fieldTime, nextWorkday, useUsualUnit, useWriting } from './writing';

/** A commitment: one promise to her, by me, with a time. */
export function MakePromise({ card, subject, why, close }: ActionProps) {
  const w = useWords();
  const { moment } = useTimes();
  const [what, setWhat] = useState('');
  const [due, setDue] = useState(() => fieldTime(nextWorkday(new Date())));
  const [unit, setUnit] = useState(useUsualUnit(card));
  const normal = card.promises.find((it) => it.normal)?.normal;
  const writing = useWriting({
    write: () =>
      makeCommitment({
        ...circumstances(card, why),
        what: what.trim(),
        due: new Date(due).toISOString(),
        unit,
        customer: subject,
      }),
    says: (record) => w('act.made', { when: moment(record.due ?? ''), what: record.title ?? '' }),
    undoneIn: 'released',
    close,
  });
  return (
    <ActionForm
      title={w('customer.promise')}
      make={w('act.make')}
      isBusy={writing.isPending}
      error={writing.error}
      submit={writing.mutate}
      close={close}
    >
      <TextInput
        className="wide"
        label={w('act.what')}
        placeholder={w('act.what.example')}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        maxLength={500}
        required
        withAsterisk={false}
      />
      <label className="pick">
        {w('act.due')}
        <input
          className="plain-field"
          type="datetime-local"
          value={due}
          required
          onChange={(event) => setDue(event.currentTarget.value)}
        />
      </label>
      <UnitPick label={w('act.unit')} value={unit} choose={setUnit} isRequired />
      {normal && <p className="wide small faint">{w('act.normal', { sentence: normal.sentence })}</p>}
    </ActionForm>
  );
}
