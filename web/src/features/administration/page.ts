import type { Page } from '../../frame/page';

export const administration: Page = {
  word: 'administration.page',
  path: '/administration',
  needs: 'audit.read',
  routes: [{ path: '/administration', load: () => import('./Administration') }],
};
