import type { Page } from '../../frame/page';

export const tryIt: Page = {
  word: 'try.page',
  path: '/try',
  needs: 'registers.keep',
  routes: [{ path: '/try', load: () => import('./TryIt') }],
};
