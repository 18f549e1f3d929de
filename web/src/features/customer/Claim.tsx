import { useState } from 'react';
import { claimCommitment } from '../../api/registers';
import { useUnitName } from '../../api/units';
import { useWords } from '../../frame/language';
import { useDefinition } from '../../parts/definitions';
import { useMaking } from '../../parts/records';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';
import { UnitPick } from '../../parts/UnitPick';
import { instantOf } from '../../parts/zone';
import type { ActionProps } from './Actions';
import { circumstances, useUsualUnit } from './writing';

/** What nobody wrote down was promised all the same. */
export function Claim({ card, subject, why, close }: ActionProps) {
  const w = useWords();
  const unitName = useUnitName();
  const [what, setWhat] = useState('');
  const [wording, setWording] = useState('');
  const [due, setDue] = useState('');
  const [unit, setUnit] = useState(useUsualUnit(card));
  const by = instantOf(due);
  const writing = useMaking({
    definition: useDefinition('commitment'),
    make: () =>
      claimCommitment({
        ...circumstances(card, why),
        what: what.trim(),
        unit,
        customer: subject,
        ...(wording.trim() ? { wording: wording.trim() } : {}),
        ...(by ? { due: by.toISOString() } : {}),
      }),
    says: (record) => w('act.claimed.made', { what: record.title ?? '', unit: unitName(unit) }),
    afterwards: close,
  });
  return (
    <SheetForm
      title={w('customer.claimed')}
      make={w('act.claimed.make')}
      isBusy={writing.isPending}
      error={writing.error}
      submit={() => writing.mutate()}
      close={close}
    >
      <TextField label={w('act.claimed.what')} value={what} set={setWhat} isWide maxLength={500} isRequired />
      <TextField
        label={w('act.claimed.wording')}
        value={wording}
        set={setWording}
        rows={2}
        isWide
        maxLength={4000}
        isOptional
      />
      <TextField label={w('act.claimed.due')} value={due} set={setDue} type="datetime-local" />
      <UnitPick label={w('act.unit')} value={unit} choose={setUnit} isRequired />
    </SheetForm>
  );
}
