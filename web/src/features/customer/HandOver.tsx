import { useState } from 'react';
import { openCase } from '../../api/registers';
import { useKnownUnit, useUnitName } from '../../api/units';
import { useWords } from '../../frame/language';
import { useDefinition } from '../../parts/definitions';
import { useMaking } from '../../parts/records';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';
import { UnitPick } from '../../parts/UnitPick';
import type { ActionProps } from './Actions';
import { useUsualUnit } from './writing';

/** A case: a unit owns the matter from here on, and owes an answer. */
export function HandOver({ card, subject, close }: ActionProps) {
  const w = useWords();
  const unitName = useUnitName();
  const owed = card.promises.find((it) => it.still_owed) ?? card.promises[0];
  const [what, setWhat] = useState(owed?.title ?? '');
  const [story, setStory] = useState('');
  const [unit, setUnit] = useState(useKnownUnit()(owed?.unit));
  const [waiting, setWaiting] = useState(useUsualUnit(card));
  const writing = useMaking({
    definition: useDefinition('case'),
    make: () =>
      openCase(
        {
          what: what.trim(),
          unit,
          customer: subject,
          ...(waiting && waiting !== unit ? { for_unit: waiting } : {}),
          cause: owed?.still_owed ? 'broken-promise' : 'person',
          ...(owed ? { promise: owed.promise } : {}),
          ...(story.trim() ? { story: story.trim() } : {}),
        },
        story.trim() || what.trim(),
      ),
    says: (record) => w('act.case.made', { unit: unitName(unit), what: record.title ?? '' }),
    afterwards: close,
  });
  return (
    <SheetForm
      title={w('customer.hand-over')}
      make={w('act.case.make')}
      isBusy={writing.isPending}
      error={writing.error}
      submit={() => writing.mutate()}
      close={close}
    >
      <TextField label={w('act.case.what')} value={what} set={setWhat} isWide maxLength={200} isRequired />
      <TextField
        label={w('act.case.story')}
        value={story}
        set={setStory}
        rows={2}
        isWide
        maxLength={4000}
        isOptional
      />
      <UnitPick label={w('act.case.unit')} value={unit} choose={setUnit} isRequired />
      <UnitPick label={w('act.case.for')} value={waiting} choose={setWaiting} none={w('act.case.for.none')} />
    </SheetForm>
  );
}
