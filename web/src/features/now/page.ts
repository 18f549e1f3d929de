import type { Page } from '../../frame/page';

export const now: Page = {
  word: 'now.page',
  path: '/now',
  needs: 'gap.read',
  routes: [{ path: '/now', load: () => import('./Now') }],
};
