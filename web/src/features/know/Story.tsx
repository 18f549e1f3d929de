import type { Quarter } from '../../api/quarters';
import { useUnitName } from '../../api/units';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';
import { toCause } from '../../parts/toCause';

const SHOWN = 6;

/** One true story: the longest chain of contacts, told without saying who. */
export function Story({ quarter }: { quarter: Quarter | undefined }) {
  const w = useWords();
  const term = useTerm();
  const unit = useUnitName();
  const { moment } = useTimes();
  const story = quarter?.story;
  if (!story)
    return (
      <section className="sheet">
        <h2>{w('know.story', { n: 1 })}</h2>
        <p className="faint">{w('know.story.none')}</p>
      </section>
    );
  const { contacts } = story;
  const last = contacts.at(-1)?.contact;
  return (
    <section className="sheet" aria-labelledby="story">
      <div className="sheet-head">
        <h2 id="story">{w('know.story', { n: contacts.length })}</h2>
        {last && (
          <Go {...toCause(last)} className="link no-print">
            {w('know.story.cause')}
          </Go>
        )}
      </div>
      <p className="small faint">{w('know.story.text', { reason: term('reason', story.reason) })}</p>
      <ol className="story">
        {contacts.slice(-SHOWN).map((it, i) => (
          <li key={it.time}>
            <span className="story-number">{contacts.length - Math.min(SHOWN, contacts.length) + i + 1}</span>
            <div>
              <p>
                {term('channel', it.channel)}
                {it.unit && <span className="faint"> · {unit(it.unit)}</span>}
                {it.outcome && it.outcome !== 'open' && it.could_not_help.length === 0 && (
                  <span> · {term('outcome', it.outcome)}</span>
                )}
              </p>
              {it.could_not_help.length > 0 && (
                <p className="small past">
                  {w('customer.could-not-help', {
                    why: it.could_not_help.map((why) => term('blocked', why)).join(', '),
                  })}
                </p>
              )}
              <p className="small faint tabular">{moment(it.time)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
