import { useState } from 'react';
import { reportBlockedHelp } from '../../api/registers';
import { useKnownUnit } from '../../api/units';
import { useWords } from '../../frame/language';
import { useDefinition } from '../../parts/definitions';
import { ChoiceInput } from '../../parts/FieldInput';
import { useMaking } from '../../parts/records';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';
import { UnitPick } from '../../parts/UnitPick';
import type { ActionProps } from './Actions';
import { circumstances, useUsualUnit } from './writing';

const WHYS = ['mandate', 'information', 'system', 'other-unit'] as const;

/** "I could not help, because …": leadership answers, with a date, to whoever pressed it. */
export function Blocked({ card, subject, why, close }: ActionProps) {
  const w = useWords();
  const [because, setBecause] = useState('mandate');
  const [needed, setNeeded] = useState('');
  const [about, setAbout] = useState(useKnownUnit()(card.promises[0]?.unit));
  const [unit, setUnit] = useState(useUsualUnit(card));
  const promise = card.promises[0]?.promise;
  const writing = useMaking({
    definition: useDefinition('blocked-help'),
    make: () =>
      reportBlockedHelp({
        ...circumstances(card, why),
        why: because,
        customer: subject,
        ...(unit ? { unit } : {}),
        ...(about ? { about_unit: about } : {}),
        ...(promise ? { promise } : {}),
        ...(needed.trim() ? { needed: needed.trim() } : {}),
      }),
    says: () => w('act.blocked.made'),
    afterwards: close,
  });
  return (
    <SheetForm
      title={w('customer.blocked')}
      make={w('act.blocked.make')}
      isBusy={writing.isPending}
      error={writing.error}
      submit={() => writing.mutate()}
      close={close}
    >
      <ChoiceInput
        label={w('act.blocked.why')}
        values={WHYS.map((it) => ({ id: it, label: w(`act.blocked.${it}`) }))}
        value={because}
        set={setBecause}
        isRequired
      />
      <TextField
        label={w('act.blocked.needed')}
        value={needed}
        set={setNeeded}
        rows={2}
        isWide
        maxLength={4000}
        isOptional
      />
      <UnitPick label={w('act.blocked.about')} value={about} choose={setAbout} />
      <UnitPick label={w('act.blocked.unit')} value={unit} choose={setUnit} />
    </SheetForm>
  );
}
