import { type Card, isClosed, type ProtectedCard } from '../../api/customers';
import { useWords } from '../../frame/language';
import { EmptyState } from '../../parts/EmptyState';
import { Actions } from './Actions';
import { Answers } from './Answers';
import { History } from './history/History';
import { Facts, Failures, Offers } from './Known';
import { useLiveCard } from './live';
import { Matters } from './Matters';
import { MayDo, Ombud } from './MayDo';
import { OpenPromises } from './OpenPromises';
import { Urgent } from './Urgent';
import { WhoIsIt } from './WhoIsIt';

function Protected({ found }: { found: ProtectedCard }) {
  const w = useWords();
  const names = found.ask.join(', ');
  return (
    <section className="sheet">
      <EmptyState
        title={w('customer.protected')}
        text={w('customer.protected.text', { name: found.customer.name })}
      >
        <p>{names ? w('customer.protected.ask', { names }) : w('customer.protected.nobody')}</p>
      </EmptyState>
    </section>
  );
}

/** Everything about a customer in one look, the most urgent first. */
export function CustomerCard({ found, why }: { found: Card | ProtectedCard; why: string }) {
  return isClosed(found) ? <Protected found={found} /> : <Open found={found} why={why} />;
}

function Open({ found, why }: { found: Card; why: string }) {
  useLiveCard(found.customer.name);
  return (
    <div className="card">
      <WhoIsIt card={found} />
      <Urgent card={found} />
      <Actions card={found} why={why} />
      <div className="card-columns">
        <div className="stack">
          <OpenPromises card={found} />
          <MayDo card={found} />
        </div>
        <div className="stack">
          <Matters card={found} />
          <Ombud card={found} />
          <Facts card={found} />
          <Failures card={found} />
          <Offers card={found} />
          <Answers />
        </div>
      </div>
      <History card={found} why={why} />
    </div>
  );
}
