import type { Page } from '../../frame/page';

export const units: Page = {
  word: 'units.page',
  path: '/units',
  needs: 'results.read',
  routes: [
    { path: '/units', load: () => import('./UnitList') },
    { path: '/units/$unit', load: () => import('./OneUnit') },
  ],
};
