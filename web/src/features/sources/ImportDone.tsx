import { Button } from '@mantine/core';
import type { Imported } from '../../api/imports';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useFigures, useTimes } from '../../parts/times';
import { RejectedCount } from './RejectedCount';
import { useTakeOut } from './takeOut';

/** What came in, the first real answers, and the way back out. */
export function ImportDone({ done, again }: { done: Imported; again: () => void }) {
  const w = useWords();
  const may = useMay();
  const { count } = useFigures();
  const { day } = useTimes();
  const takeOut = useTakeOut();
  const isOut = takeOut.isSuccess;
  return (
    <section className="sheet stack import-done" aria-labelledby="done">
      <h2 id="done">
        {isOut ? w('import.out', { file: done.file }) : w('import.done', { file: done.file })}
      </h2>
      <dl className="figures">
        <div>
          <dt>{w('import.events')}</dt>
          <dd className="figure accent">{count(isOut ? 0 : done.events)}</dd>
        </div>
        <div>
          <dt>{w('import.doubles')}</dt>
          <dd className="figure-2">{count(done.duplicates)}</dd>
        </div>
        <div>
          <dt>{w('import.rejects')}</dt>
          <dd className="figure-2">{isOut ? count(0) : <RejectedCount of={done} />}</dd>
        </div>
      </dl>
      {done.first_event && done.last_event && (
        <p className="faint">
          {w('import.between', { from: day(done.first_event), to: day(done.last_event) })}
        </p>
      )}
      {done.future_events > 0 && <p className="past">{w('import.future', { n: done.future_events })}</p>}
      {!isOut && (
        <>
          <h3>{w('import.next')}</h3>
          <ul className="next">
            {done.customer && may('card.read') && (
              <li>
                <Go to={`/customer/${done.customer}`}>{w('import.next.customer')}</Go>
              </li>
            )}
            {may('promises.draft') && (
              <li>
                <Go to="/promises/new/edit">{w('import.next.promise')}</Go>
              </li>
            )}
            <li>
              <Go to="/sources">{w('import.next.sources')}</Go>
            </li>
          </ul>
        </>
      )}
      <div className="row">
        <Button variant="default" onClick={again}>
          {w('import.again')}
        </Button>
        {!isOut && (
          <Button variant="subtle" loading={takeOut.isPending} onClick={() => takeOut.mutate(done)}>
            {w('import.take-out')}
          </Button>
        )}
      </div>
      {takeOut.error && <p className="past">{takeOut.error.message}</p>}
    </section>
  );
}
