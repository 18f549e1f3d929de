import type { Permission } from '../../api/permissions';
import { useMay } from '../../api/session';
import { useWords } from '../../frame/language';
import { useView } from '../../frame/routes';
import { Audit } from './Audit';
import { Calendars } from './Calendars';
import { Health } from './Health';
import { Keys } from './Keys';
import { Mandates } from './Mandates';
import { People } from './People';
import '../../parts/records.css';
import './administration.css';

const PARTS = [
  { id: 'people', needs: 'people.administer', Show: People },
  { id: 'mandates', needs: 'people.administer', Show: Mandates },
  { id: 'keys', needs: 'keys.administer', Show: Keys },
  { id: 'calendars', needs: 'settings.read', Show: Calendars },
  { id: 'audit', needs: 'audit.read', Show: Audit },
  { id: 'health', needs: 'metrics.read', Show: Health },
] as const satisfies { id: string; needs: Permission; Show: () => React.ReactNode }[];

// What the other parts' addresses say.
const NOTHING_ELSE = { new: undefined, person: undefined, who: undefined, whom: undefined, sort: undefined };

/** Who may come in, systems' keys, what was done, and how the server is. */
export default function Administration() {
  const w = useWords();
  const may = useMay();
  const [view, change] = useView();
  const mine = PARTS.filter((it) => may(it.needs));
  const shown = mine.find((it) => it.id === view.part) ?? mine[0];
  return (
    <>
      <header className="page-head">
        <div>
          <h1>{w('administration.page')}</h1>
          <p>{w('administration.text')}</p>
        </div>
      </header>
      <nav className="parts no-print" aria-label={w('administration.parts')}>
        {mine.map((it) => (
          <button
            key={it.id}
            type="button"
            className="part"
            aria-current={it === shown ? 'page' : undefined}
            onClick={() => change({ ...NOTHING_ELSE, part: it.id })}
          >
            {w(`administration.${it.id}`)}
          </button>
        ))}
      </nav>
      {shown && <shown.Show />}
    </>
  );
}
