import type { Page } from '../../frame/page';

const load = () => import('./Cause');

export const cause: Page = {
  word: 'cause.page',
  path: '/cause',
  needs: 'causes.read',
  routes: [
    { path: '/cause', load },
    { path: '/cause/$contact', load },
  ],
};
