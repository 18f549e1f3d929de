import type { ComponentType } from 'react';
import type { Permission } from '../api/permissions';
import type { WordId } from './language';

/** A page: one folder under features, whose page.ts says this, and one line in features/pages.ts. */
export interface Page {
  /** In the menu, and the title of the window. */
  word: WordId;
  /** Where the menu leads; the first of its routes. */
  path: string;
  /** Whoever lacks it does not see the page. */
  needs: Permission;
  /** Paths with what each shows, loaded when it is first shown. `$name` stands for a value. */
  routes: { path: string; load: () => Promise<{ default: ComponentType }> }[];
}
