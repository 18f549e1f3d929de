import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmCommitment, draftCommitment } from '../../api/registers';
import { useWords } from '../../frame/language';
import { useDefinition } from '../../parts/definitions';
import { useMaking } from '../../parts/records';
import { SheetForm } from '../../parts/SheetForm';
import { TextField } from '../../parts/TextField';
import { useTimes } from '../../parts/times';
import { UnitPick } from '../../parts/UnitPick';
import { instantOf, nextWorkday } from '../../parts/zone';
import type { ActionProps } from './Actions';
import { circumstances, useUsualUnit } from './writing';

const DRAFT_AFTER_MS = 400;

/** A commitment: one promise to her, by me, with a time. The chance that it holds is shown before it is made. */
export function MakePromise({ card, subject, why, close }: ActionProps) {
  const w = useWords();
  const { moment } = useTimes();
  const [what, setWhat] = useState('');
  const [due, setDue] = useState(() => nextWorkday(new Date()));
  const [unit, setUnit] = useState(useUsualUnit(card));
  const order = card.matters[0]?.order;
  const values = {
    ...circumstances(card, why),
    ...(order ? { order } : {}),
    what: what.trim(),
    due: instantOf(due)?.toISOString() ?? '',
    unit,
    customer: subject,
  };
  const [settled] = useDebouncedValue(JSON.stringify(values), DRAFT_AFTER_MS);
  const isWhole = Boolean(values.what && values.due && values.unit);
  const draft = useQuery({
    queryKey: ['commitment draft', settled],
    queryFn: () => draftCommitment(JSON.parse(settled)),
    enabled: isWhole,
    retry: false,
    staleTime: 60_000,
  });
  const isSettled = settled === JSON.stringify(values);
  const writing = useMaking({
    definition: useDefinition('commitment'),
    make: async () => {
      const shown = isSettled && draft.data ? draft.data : await draftCommitment(values);
      return confirmCommitment(shown.draft);
    },
    says: (record) => w('act.made', { when: moment(record.due ?? ''), what: record.title ?? '' }),
    afterwards: close,
  });
  return (
    <SheetForm
      title={w('customer.promise')}
      make={w('act.make')}
      isBusy={writing.isPending}
      error={writing.error}
      submit={() => writing.mutate()}
      close={close}
    >
      <TextField
        label={w('act.what')}
        example={w('act.what.example')}
        value={what}
        set={setWhat}
        isWide
        maxLength={500}
        isRequired
      />
      <TextField label={w('act.due')} value={due} set={setDue} type="datetime-local" isRequired />
      <UnitPick label={w('act.unit')} value={unit} choose={setUnit} isRequired />
      <p className="wide small" aria-live="polite">
        {isWhole && isSettled ? (draft.data?.chance?.sentence ?? '') : w('act.chance.first')}
      </p>
    </SheetForm>
  );
}
