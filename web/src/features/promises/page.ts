import type { Page } from '../../frame/page';

export const promises: Page = {
  word: 'promises.page',
  path: '/promises',
  needs: 'promises.read',
  routes: [
    { path: '/promises', load: () => import('./PromiseList') },
    { path: '/promises/$id', load: () => import('./OnePromise') },
    { path: '/promises/$id/edit', load: () => import('./Editor') },
  ],
};
