import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type Candidates, type Found, findCustomer, isCandidates, readCard } from '../../api/customers';
import { useWords } from '../../frame/language';
import { useGo, usePart, useView } from '../../frame/routes';
import { useShortcuts } from '../../frame/shortcuts';
import { EmptyState } from '../../parts/EmptyState';
import { ProblemPanel } from '../../parts/ProblemPanel';
import { Answers } from './Answers';
import { useAskedByLink } from './askedByLink';
import { CandidateList } from './CandidateList';
import { CardSkeleton } from './CardSkeleton';
import { CustomerCard } from './CustomerCard';
import './customer.css';

const PAGE = 'customer page';

const viewBecause = (why: string) => (why === PAGE ? {} : { why });

/** Every look is noted with its reason: the call, where the page was opened from one (?why=). */
function useWhy(): string {
  const [view] = useView();
  return view.why ?? PAGE;
}

function SearchField(props: { isBusy: boolean; find: (text: string) => void }) {
  const w = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useShortcuts({ '/': () => field.current?.select() });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) props.find(text.trim());
  };
  return (
    <search>
      <form className="find" onSubmit={submit}>
        <label className="unseen" htmlFor="find">
          {w('customer.search')}
        </label>
        <input
          id="find"
          ref={field}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          // Out of the field, where the keys of the page hold.
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          placeholder={w('customer.search.hint')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
        />
        <span className="key" aria-hidden="true">
          /
        </span>
        <button type="submit" disabled={props.isBusy}>
          {w('customer.search.do')}
        </button>
      </form>
    </search>
  );
}

function Shown({ name, why }: { name: string; why: string }) {
  const card = useQuery({ queryKey: ['card', name], queryFn: () => readCard(name, why) });
  if (card.data) return <CustomerCard found={card.data} why={why} />;
  if (card.error) return <ProblemPanel error={card.error} retry={() => void card.refetch()} />;
  return <CardSkeleton />;
}

/** The front line's page: one field that takes anything, and the card of whom it finds. */
export default function Customer() {
  const w = useWords();
  const go = useGo();
  const client = useQueryClient();
  const name = usePart('name');
  const why = useWhy();
  const [candidates, setCandidates] = useState<Candidates>();
  const finding = useMutation({
    mutationFn: (asked: { text: string; why: string }) => findCustomer(asked.text, asked.why),
  });
  const show = (found: Found, because: string) => {
    setCandidates(isCandidates(found) ? found : undefined);
    if (isCandidates(found)) return;
    client.setQueryData(['card', found.customer.name], found);
    go(`/customer/${found.customer.name}`, viewBecause(because));
  };
  const find = (text: string, because = why) =>
    finding.mutate({ text, why: because }, { onSuccess: (found) => show(found, because) });
  const { reset } = finding;
  // Why: whoever has gone on to another customer is not told, nor taken back, by the search before her
  useEffect(() => {
    setCandidates(undefined);
    reset();
  }, [name, reset]);
  useAskedByLink(find); // behind the reset, which would silence what a link asks at the start
  const isStart = !name && !candidates && !finding.error;
  return (
    <div className="customer">
      {!name && <h1 className="unseen">{w('customer.page')}</h1>}
      <SearchField isBusy={finding.isPending} find={find} />
      {finding.error && <ProblemPanel error={finding.error} />}
      {candidates && (
        <CandidateList
          found={candidates}
          view={viewBecause(finding.variables?.why ?? why)}
          // Also where the one who is picked is the one whose card was shown before.
          onPick={() => setCandidates(undefined)}
        />
      )}
      {name && !candidates && !finding.error && <Shown key={name} name={name} why={why} />}
      {isStart && (
        <>
          <EmptyState title={w('customer.start')} text={w('customer.start.text')} />
          <Answers />
        </>
      )}
    </div>
  );
}
