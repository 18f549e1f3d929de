import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  useNavigate,
  useParams,
  useSearch,
} from '@tanstack/react-router';
import { useCallback } from 'react';
import { pages } from '../features/pages';
import { Broken } from './Broken';
import { Frame } from './Frame';
import { NotFound } from './NotFound';
import { Start } from './Start';

/** The query of a page's address. Texts alone: what a page makes of them is its own. */
export type View = Record<string, string>;

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const start = createRoute({ getParentRoute: () => root, path: '/', component: Start });
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../features/account/Setup')),
});
const begin = createRoute({
  getParentRoute: () => root,
  path: '/begin',
  component: lazyRouteComponent(() => import('../features/begin/Begin')),
});
const story = createRoute({
  getParentRoute: () => root,
  path: '/story',
  component: lazyRouteComponent(() => import('../features/begin/Story')),
});
const shown = pages.flatMap((page) =>
  page.routes.map((it) =>
    createRoute({
      getParentRoute: () => root,
      path: it.path,
      component: lazyRouteComponent(it.load),
      validateSearch: (search: Record<string, unknown>): View => search as View,
    }),
  ),
);

export const router = createRouter({
  defaultErrorComponent: Broken,
  routeTree: root.addChildren([start, setup, begin, story, ...shown]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
    return text ? `?${text}` : '';
  },
});

/** The value at `$name` in the address. */
export function usePart(name: string): string | undefined {
  const parts: Record<string, string | undefined> = useParams({ strict: false });
  return parts[name];
}

/** What the address says of the view, and how to change it: a link shows a colleague the same. */
export function useView(): [View, (change: Record<string, string | undefined>) => void] {
  const view = useSearch({ strict: false }) as View;
  const navigate = useNavigate();
  const change = useCallback(
    (part: Record<string, string | undefined>) =>
      void navigate({
        to: '.',
        search: (old: View) => ({ ...old, ...part }) as View,
        replace: true,
        resetScroll: false,
      } as never),
    [navigate],
  );
  return [view, change];
}

/** Goes to a page, with what its address is to say. */
export function useGo(): (path: string, view?: View) => void {
  const navigate = useNavigate();
  return useCallback((path, view) => void navigate({ to: path, search: view ?? {} } as never), [navigate]);
}
