import type { Page } from '../../frame/page';

export const know: Page = {
  word: 'know.page',
  path: '/know',
  needs: 'guesses.make',
  routes: [{ path: '/know', load: () => import('./Know') }],
};
