import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { readCause } from '../../api/customers';
import { useWords } from '../../frame/language';
import { useGo, usePart, useView } from '../../frame/routes';
import { EmptyState } from '../../parts/EmptyState';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { toCause } from '../../parts/toCause';
import { Steps } from './Steps';
import './cause.css';

function Begin() {
  const w = useWords();
  const go = useGo();
  const [contact, setContact] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { to, view } = toCause(contact.trim());
    if (contact.trim()) go(to, view);
  };
  return (
    <>
      <h1 className="unseen">{w('cause.page')}</h1>
      <EmptyState title={w('cause.start')} text={w('cause.start.text')}>
        <form className="cause-find" onSubmit={submit}>
          <TextInput
            label={w('cause.contact')}
            value={contact}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
          <Button type="submit">{w('cause.show')}</Button>
        </form>
      </EmptyState>
    </>
  );
}

function Shown({ contact }: { contact: string }) {
  const [view] = useView();
  const cause = useQuery({
    queryKey: ['cause', contact, view.customer],
    queryFn: () => readCause(contact, view.customer, view.why ?? 'cause page'),
  });
  if (cause.error) return <ProblemPanel error={cause.error} retry={() => void cause.refetch()} />;
  if (!cause.data) return <div className="cause-sheet" aria-busy="true" />;
  return <Steps key={contact} cause={cause.data} />;
}

/** "Inte Ullas fel": from one bad contact back to what lay behind it, a step a screen. A link holds the step. */
export default function Cause() {
  const [view] = useView();
  const contact = usePart('contact') ?? view.contact;
  return contact ? <Shown contact={contact} /> : <Begin />;
}
