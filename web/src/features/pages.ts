import type { Page } from '../frame/page';
import { cause } from './cause/page';
import { customer } from './customer/page';
import { now } from './now/page';
import { promises } from './promises/page';

/** Every page, in the order of the menu. The first that somebody may see is where she begins. */
export const pages: Page[] = [customer, now, promises, cause];
