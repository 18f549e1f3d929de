// Debian's Chromium, and a person who has signed in.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { PASSWORD } from './installation.mjs';

const PROGRAM = '/usr/bin/chromium-headless-shell';

export const isThere = () => existsSync(PROGRAM);

export const launch = () =>
  chromium.launch({
    executablePath: PROGRAM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** A page on which everything that goes wrong is kept in `faults`: scripts, refused content, other hosts. */
export async function open(
  browser,
  url,
  { language = 'sv', theme = 'light', width = 1280, height = 900, zone = 'Europe/Stockholm' } = {},
) {
  const context = await browser.newContext({
    baseURL: url,
    locale: language === 'sv' ? 'sv-SE' : 'en-GB',
    timezoneId: zone,
    colorScheme: theme,
    viewport: { width, height },
  });
  const page = await context.newPage();
  const faults = [];
  // What a text that the tests send would do, were it run: on whichever page, and before the next is loaded.
  await context.exposeBinding('tellHostile', () => faults.push('a hostile text ran'));
  await context.addInitScript(() =>
    Object.defineProperty(window, 'broken', { set: () => window.tellHostile(), configurable: true }),
  );
  page.setDefaultTimeout(Number(process.env.PAGES_WAIT_MS ?? 60_000)); // other tests run beside, on two cores
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      faults.push(`asked ${request.url()}`);
  });
  page.faults = faults;
  return page;
}

// What each is signed in by, once one has been through the door.
const signedIn = new Map();

/** Through the door the first time, and again where that session was ended. */
export async function signIn(page, login, path = '/') {
  const menu = page.locator('nav').first();
  const name = page.locator('input[autocomplete=username]');
  await page.context().addCookies(signedIn.get(login) ?? []);
  await page.goto(path);
  await menu.or(name).first().waitFor({ state: 'attached' });
  if ((await name.count()) === 0) return;
  await name.fill(login);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await menu.waitFor({ state: 'attached' });
  signedIn.set(login, await page.context().cookies());
}
