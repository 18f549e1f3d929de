// What the files of tests share: an installation and a browser of their own, and a test on a page of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isThere, launch, open } from './browser.mjs';
import { Installation } from './installation.mjs';

export const skip = isThere() ? false : 'Chromium is not installed (apt-get install chromium-headless-shell)';

/** `inBrowser(name, options, work)`: a test whose `work(page, installation)` may let nothing go wrong unseen. `people`:
 *  more than one for each role. */
export function suite({ people = {}, ...options }) {
  let installation;
  let browser;
  before(async () => {
    if (skip) return;
    installation = new Installation(options);
    for (const [login, role] of Object.entries(people)) installation.person(login, role);
    await installation.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await installation?.remove();
  });
  const inBrowser = (name, how, work) =>
    test(name, { skip, timeout: 240_000 }, async () => {
      const page = await open(browser, installation.url, how);
      try {
        await work(page, installation);
        assert.deepEqual(page.faults, []);
      } finally {
        await page.context().close();
      }
    });
  return { inBrowser };
}
