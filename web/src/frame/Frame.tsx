import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useCaller } from '../api/session';
import { useUnits } from '../api/units';
import { SignIn } from '../features/account/SignIn';
import { pages } from '../features/pages';
import { forgetNotices, Notices } from '../parts/notices';
import { ProblemPanel } from '../parts/ProblemPanel';
import { Brand } from './Brand';
import { Go } from './Go';
import { useWords } from './language';
import { useShortcuts } from './shortcuts';
import { Tools } from './Tools';
import { useOnTheWall, useWall } from './wall';

function useTitle() {
  const w = useWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const page = pages.find((it) => path === it.path || path.startsWith(`${it.path}/`));
  useEffect(() => {
    document.title = page ? `${w(page.word)} · Handslag` : 'Handslag';
  }, [page, w]);
  return path;
}

// What one person did is told to nobody who comes after her.
function useNoticesOf(login: string | undefined) {
  useEffect(() => (login ? forgetNotices : undefined), [login]);
}

// While the server is away a page that was never shown must still open.
function usePagesAhead(permissions: string[] | undefined) {
  const key = permissions?.join();
  useEffect(() => {
    if (!key) return;
    const wanted = pages.filter((it) => key.split(',').includes(it.needs));
    const timer = setTimeout(() => {
      for (const it of wanted.flatMap((page) => page.routes)) it.load().catch(() => {});
    }, 300);
    return () => clearTimeout(timer);
  }, [key]);
}

// Whoever follows a link hears and tabs through the new page from its top; whoever is typing stays there.
function useReadFromTheTop(path: string) {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    const isBeginning = before.current === '/';
    before.current = path;
    const isTyping = document.activeElement instanceof HTMLInputElement;
    if (!isTyping && !isBeginning) document.getElementById('page')?.focus({ preventScroll: true });
  }, [path]);
}

/** The page alone, for a screen on the wall: nothing to press, but a way out. */
function OnTheWall({ leave }: { leave: () => void }) {
  const w = useWords();
  useOnTheWall();
  useShortcuts({ escape: leave });
  return (
    <div className="wall">
      <main id="page" className="wall-page" tabIndex={-1}>
        <Outlet />
      </main>
      <Notices />
      <button type="button" className="quiet wall-leave" onClick={leave}>
        {w('frame.wall.leave')}
      </button>
    </div>
  );
}

/** What stands around every page: menu, language, light, who is here; or the door. */
export function Frame() {
  const w = useWords();
  const path = useTitle();
  const { caller, error } = useCaller();
  useUnits(); // read before anything names one
  useNoticesOf(caller?.login);
  usePagesAhead(caller?.permissions);
  const [isOpen, setOpen] = useState(false);
  // Why: a new path closes the menu of narrow screens
  useEffect(() => setOpen(false), [path]);
  useReadFromTheTop(path);
  const wall = useWall();
  useShortcuts({ w: caller?.kind === 'person' ? wall.toggle : undefined });
  if (error && !caller) {
    return (
      <main className="door">
        <ProblemPanel error={error} />
      </main>
    );
  }
  if (!caller) return null;
  if (caller.kind === 'nobody')
    return path === '/setup' ? <Outlet /> : <SignIn isOfStory={path === '/story'} />;
  if (wall.isOn) return <OnTheWall leave={wall.toggle} />;
  return (
    <div className="frame">
      <a className="skip" href="#page">
        {w('frame.skip')}
      </a>
      <div className="beside">
        <header className="bar">
          <Brand />
          <button
            type="button"
            className="menu-button"
            aria-expanded={isOpen}
            aria-controls="menu"
            onClick={() => setOpen(!isOpen)}
          >
            {w('frame.menu')}
          </button>
        </header>
        <div id="menu" className={isOpen ? 'side open' : 'side'}>
          <nav aria-label={w('frame.pages')}>
            <ul>
              {pages
                .filter((it) => caller.permissions.includes(it.needs))
                .map((it) => (
                  <li key={it.path}>
                    <Go to={it.path} className="menu-link">
                      {w(it.word)}
                    </Go>
                  </li>
                ))}
            </ul>
          </nav>
          <Tools caller={caller} />
        </div>
      </div>
      <main id="page" className="page" tabIndex={-1}>
        <Outlet />
      </main>
      <Notices />
    </div>
  );
}
