import type { Page } from '../../frame/page';

const load = () => import('./Customer');

export const customer: Page = {
  word: 'customer.page',
  path: '/customer',
  needs: 'card.read',
  routes: [
    { path: '/customer', load },
    { path: '/customer/$name', load },
  ],
};
