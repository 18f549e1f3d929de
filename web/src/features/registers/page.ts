import type { Page } from '../../frame/page';

export const registers: Page = {
  word: 'registers.page',
  path: '/registers',
  needs: 'registers.read',
  routes: [
    { path: '/registers', load: () => import('./RegisterOverview') },
    { path: '/registers/$register', load: () => import('./RegisterPage') },
    { path: '/records/$id', load: () => import('./RecordPage') },
  ],
};
