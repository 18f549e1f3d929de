import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { findCustomer, isCandidates } from '../../api/customers';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useGo } from '../../frame/routes';
import { ProblemPanel } from '../../parts/ProblemPanel';
import './begin.css';

// As the demo tells her story (packs/telecom/README.md).
const KARIN = 'karin@example.se';
const HER_CALL = '/cause/contact-5';
const HER_PROMISE = '/promises/module-within-a-week';

/** Looks her up as the front line does: an address names nobody. */
function MeetKarin() {
  const w = useWords();
  const go = useGo();
  const client = useQueryClient();
  const finding = useMutation({
    mutationFn: () => findCustomer(KARIN, 'customer page'),
    onSuccess: (found) => {
      if (isCandidates(found)) return go('/customer');
      client.setQueryData(['card', found.customer.name], found);
      go(`/customer/${found.customer.name}`);
    },
  });
  return (
    <>
      <button
        type="button"
        className="link link-button"
        onClick={() => finding.mutate()}
        disabled={finding.isPending}
      >
        {w('story.card')}
      </button>
      {finding.error && <ProblemPanel error={finding.error} />}
    </>
  );
}

/** The story a step at a time, as far as who is here may see it. */
export function StorySteps() {
  const w = useWords();
  const may = useMay();
  const steps: { id: string; isSeen: boolean; go: ReactNode; text: string }[] = [
    { id: 'card', isSeen: may('card.read'), go: <MeetKarin />, text: w('story.card.text') },
    {
      id: 'cause',
      isSeen: may('causes.read'),
      go: <Go to={HER_CALL}>{w('story.cause')}</Go>,
      text: w('story.cause.text'),
    },
    {
      id: 'promise',
      isSeen: may('promises.read'),
      go: <Go to={HER_PROMISE}>{w('story.promise')}</Go>,
      text: w('story.promise.text'),
    },
    {
      id: 'know',
      isSeen: may('guesses.make'),
      go: <Go to="/know">{w('story.know')}</Go>,
      text: w('story.know.text'),
    },
    {
      id: 'now',
      isSeen: may('gap.read'),
      go: <Go to="/now">{w('story.now')}</Go>,
      text: w('story.now.text'),
    },
  ];
  return (
    <ol className="begin-steps">
      {steps
        .filter((it) => it.isSeen)
        .map((it) => (
          <li key={it.id}>
            {it.go}
            <p className="small faint">{it.text}</p>
          </li>
        ))}
    </ol>
  );
}
