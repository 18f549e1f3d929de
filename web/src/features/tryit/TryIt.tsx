import { useMay } from '../../api/session';
import { useWords } from '../../frame/language';
import { Coverage } from './Coverage';
import { Observe } from './Observe';
import { Outings } from './Outings';
import './tryit.css';

/** For the phone in the hand: what one sees, journeys to walk, customers to meet. */
export default function TryIt() {
  const w = useWords();
  const may = useMay();
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('try.page')}</h1>
          <p>{w('try.text')}</p>
        </div>
      </header>
      <div className="stack">
        <Observe />
        {may('registers.read') && (
          <>
            <div className="outings">
              <Outings register="walk" doneIn="done" title={w('try.walks')} text={w('try.walks.text')} />
              <Outings
                register="meeting"
                doneIn="held"
                title={w('try.meetings')}
                text={w('try.meetings.text')}
              />
            </div>
            <Coverage />
          </>
        )}
      </div>
    </>
  );
}
