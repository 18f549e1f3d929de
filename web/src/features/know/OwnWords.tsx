import type { Quarter } from '../../api/quarters';
import { useTerm, useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';

/** What customers wrote in answer to surveys, as the server masked it. */
export function OwnWords({ quarter }: { quarter: Quarter | undefined }) {
  const w = useWords();
  const term = useTerm();
  const { day } = useTimes();
  const words = quarter?.words ?? [];
  return (
    <section className="sheet" aria-labelledby="own-words">
      <div className="sheet-head">
        <h2 id="own-words">{w('know.own-words')}</h2>
      </div>
      {words.length === 0 ? (
        <p className="faint">{w('know.own-words.none')}</p>
      ) : (
        <ul className="said">
          {words.map((it) => (
            <li key={it.text}>
              <blockquote>{w('quoted', { text: it.text })}</blockquote>
              <p className="row small faint">
                <span className={`felt-mark felt-${feltAs(it.score)}`} aria-hidden="true" />
                <span>{w('know.own-words.score', { score: it.score })}</span>
                {it.about && <span>· {term('survey', it.about)}</span>}
                <span>· {day(it.time)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
      <p className="small faint felt-note">{w('know.own-words.text')}</p>
    </section>
  );
}

const feltAs = (score: number) => (score <= 6 ? 'unhappy' : score <= 8 ? 'neither' : 'happy');
