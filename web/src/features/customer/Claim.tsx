import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { claimCommitment } from '../../api/registers';
import { useUnitName } from '../../api/units';
import { useWords } from '../../frame/language';
import { UnitPick } from '../../parts/UnitPick';
import { ActionForm } from './ActionForm';
import type { ActionProps } from './Actions';
import { circumstances, useUsualUnit, useWriting } from './writing';

/** What nobody wrote down was promised all the same. */
export function Claim({ card, subject, why, close }: ActionProps) {
  const w = useWords();
  const unitName = useUnitName();
  const [what, setWhat] = useState('');
  const [wording, setWording] = useState('');
  const [due, setDue] = useState('');
  const [unit, setUnit] = useState(useUsualUnit(card));
  const writing = useWriting({
    write: () =>
      claimCommitment({
        ...circumstances(card, why),
        what: what.trim(),
        unit,
        customer: subject,
        ...(wording.trim() ? { wording: wording.trim() } : {}),
        ...(due ? { due: new Date(due).toISOString() } : {}),
      }),
    says: (record) => w('act.claimed.made', { what: record.title ?? '', unit: unitName(unit) }),
    undoneIn: 'released',
    close,
  });
  return (
    <ActionForm
      title={w('customer.claimed')}
      make={w('act.claimed.make')}
      isBusy={writing.isPending}
      error={writing.error}
      submit={writing.mutate}
      close={close}
    >
      <TextInput
        className="wide"
        label={w('act.claimed.what')}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        maxLength={500}
        required
        withAsterisk={false}
      />
      <Textarea
        className="wide"
        label={`${w('act.claimed.wording')} (${w('act.optional')})`}
        value={wording}
        onChange={(event) => setWording(event.currentTarget.value)}
        rows={2}
        maxLength={4000}
      />
      <label className="pick">
        {w('act.claimed.due')}
        <input
          className="plain-field"
          type="datetime-local"
          value={due}
          onChange={(event) => setDue(event.currentTarget.value)}
        />
      </label>
      <UnitPick label={w('act.unit')} value={unit} choose={setUnit} isRequired />
    </ActionForm>
  );
}
