import type { Page } from '../frame/page';
import { administration } from './administration/page';
import { cause } from './cause/page';
import { customer } from './customer/page';
import { know } from './know/page';
import { now } from './now/page';
import { promises } from './promises/page';
import { registers } from './registers/page';
import { sources } from './sources/page';
import { tryIt } from './tryit/page';
import { units } from './units/page';

/** Every page, in the order of the menu. The first that somebody may see is where she begins. */
export const pages: Page[] = [
  customer,
  now,
  know,
  promises,
  cause,
  units,
  tryIt,
  registers,
  sources,
  administration,
];
