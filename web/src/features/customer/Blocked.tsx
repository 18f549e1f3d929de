import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { reportBlockedHelp } from '../../api/registers';
import { useWords } from '../../frame/language';
import { UnitPick } from '../../parts/UnitPick';
import { ActionForm } from './ActionForm';
import type { ActionProps } from './Actions';
import { circumstances, useUsualUnit, useWriting } from './writing';

const WHYS = ['mandate', 'information', 'system', 'other-unit'] as const;

/** "I could not help, because …": leadership answers, with a date, to whoever pressed it. */
export function Blocked({ card, subject, why, close }: ActionProps) {
  const w = useWords();
  const [because, setBecause] = useState<(typeof WHYS)[number]>('mandate');
  const [needed, setNeeded] = useState('');
  const [about, setAbout] = useState(card.promises[0]?.unit ?? '');
  const unit = useUsualUnit(card);
  const promise = card.promises[0]?.promise;
  const writing = useWriting({
    write: () =>
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
    close,
  });
  return (
    <ActionForm
      title={w('customer.blocked')}
      make={w('act.blocked.make')}
      isBusy={writing.isPending}
      error={writing.error}
      submit={writing.mutate}
      close={close}
    >
      <fieldset className="wide choices">
        <legend>{w('act.blocked.why')}</legend>
        {WHYS.map((it) => (
          <label key={it} className={because === it ? 'choice chosen' : 'choice'}>
            <input type="radio" name="why" checked={because === it} onChange={() => setBecause(it)} />
            {w(`act.blocked.${it}`)}
          </label>
        ))}
      </fieldset>
      <Textarea
        className="wide"
        label={`${w('act.blocked.needed')} (${w('act.optional')})`}
        value={needed}
        onChange={(event) => setNeeded(event.currentTarget.value)}
        rows={2}
        maxLength={4000}
      />
      <UnitPick label={w('act.blocked.about')} value={about} choose={setAbout} />
    </ActionForm>
  );
}
