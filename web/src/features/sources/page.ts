import type { Page } from '../../frame/page';

export const sources: Page = {
  word: 'sources.page',
  path: '/sources',
  needs: 'rejects.read',
  routes: [
    { path: '/sources', load: () => import('./Sources') },
    { path: '/sources/import', load: () => import('./Import') },
    { path: '/sources/import/$number/rejects', load: () => import('./RejectedRows') },
  ],
};
