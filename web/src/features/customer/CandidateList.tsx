import type { Candidates } from '../../api/customers';
import { Go } from '../../frame/Go';
import { useTerm, useWords } from '../../frame/language';
import { useTimes } from '../../parts/times';

interface CandidateListProps {
  found: Candidates;
  /** What the look at whoever is picked is noted with. */
  view: { why?: string };
  onPick: () => void;
}

/** Several may be meant: a phone number of a household. */
export function CandidateList({ found, view, onPick }: CandidateListProps) {
  const w = useWords();
  const term = useTerm();
  const { moment } = useTimes();
  return (
    <section className="sheet">
      <h2>{w('customer.candidates', { n: found.candidates.length })}</h2>
      <ul className="candidates">
        {found.candidates.map((it) => (
          <li key={it.name}>
            <Go to={`/customer/${it.name}`} view={view} className="candidate" onClick={onPick}>
              <span className="candidate-name">
                {it.protected
                  ? w('customer.protected')
                  : (it.known_as.find((known) => !known.shared)?.value ?? it.name)}
              </span>
              {!it.protected && (
                <span className="faint small">
                  {it.known_as
                    .slice(0, 4)
                    .map((known) => `${term('identifier', known.type)} ${known.value}`)
                    .join(' · ')}
                </span>
              )}
              <span className="faint small">
                {it.last_contact
                  ? w('customer.last-contact', { when: moment(it.last_contact) })
                  : w('customer.never-in-touch')}
              </span>
            </Go>
          </li>
        ))}
      </ul>
      {found.more && <p className="faint">{w('customer.candidates.more')}</p>}
    </section>
  );
}
