// Every place of the pages, and how to get there. A new page is a line here, and is then in the pictures, and held to
// accessibility, in both languages, themes and widths.

/** Until nothing is on its way any more. */
export async function settle(page) {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
}

/** The page, walked as people do, in one document: `goto` goes by way of an address where nothing is, so that nothing of
 *  the place before is taken for the next. */
export function walking(page) {
  const goto = async (address) => {
    const nowhere = page.locator('.empty a[href="/"]');
    await page.evaluate(() => history.pushState(null, '', '/nothing-here'));
    await nowhere.waitFor();
    await page.evaluate((it) => history.pushState(null, '', it), address);
    await nowhere.waitFor({ state: 'detached' });
  };
  return new Proxy(page, {
    get: (of, name) =>
      name === 'goto' ? goto : typeof of[name] === 'function' ? of[name].bind(of) : of[name],
  });
}

export async function findKarin(page) {
  await page.goto('/customer');
  await page.locator('#find').fill('karin@example.se');
  await page.keyboard.press('Enter');
  await page.locator('.card').waitFor();
}

export const PLACES = [
  {
    name: 'customer-start',
    go: (page) => page.goto('/customer').then(() => page.locator('.empty').waitFor()),
  },
  {
    name: 'customer',
    go: async (page) => {
      await findKarin(page);
      await page.locator('.event').first().waitFor();
    },
  },
  {
    name: 'customer-as-of',
    go: async (page) => {
      await findKarin(page);
      await page.goto(`${page.url()}?as_of=2026-10-06&held=1`);
      await page.locator('.span').first().waitFor();
    },
  },
  {
    name: 'customer-blocked',
    go: async (page) => {
      await findKarin(page);
      await page.locator('.action').nth(2).click();
    },
  },
  { name: 'cause-start', go: (page) => page.goto('/cause').then(() => page.locator('.empty').waitFor()) },
  ...[1, 2, 3, 4, 5, 6].map((step) => ({
    name: `cause-${step}`,
    go: async (page) => {
      await page.goto(`/cause/contact-5?step=${step}`);
      await page.locator('h1').waitFor();
    },
  })),
  {
    name: 'promises',
    go: async (page) => {
      await page.goto('/promises');
      await page.locator('.rate').first().waitFor();
    },
  },
  {
    name: 'promise',
    go: async (page) => {
      await page.goto('/promises/module-within-a-week');
      await page.locator('.instances').waitFor();
      await page.locator('.trend').waitFor();
    },
  },
  {
    name: 'promise-withdraw',
    go: async (page) => {
      await page.goto('/promises/module-within-a-week?do=withdraw');
      await page.locator('.record-form').waitFor();
    },
  },
  {
    name: 'promise-edit',
    go: async (page) => {
      await page.goto('/promises/module-within-a-week/edit');
      await page.locator('.test-side').first().waitFor();
    },
  },
  {
    name: 'promise-edit-fault',
    go: async (page) => {
      await page.goto('/promises/new/edit');
      await page
        .locator('textarea')
        .fill(
          'promise x "A title"\n  kept by logistics\n  when order.placed then order.delivered within 2 h same order\n',
        );
      await page.locator('.diagnostics').waitFor();
    },
  },
  {
    name: 'now',
    go: async (page) => {
      await page.goto('/now');
      await page.locator('.three').waitFor();
      await page.locator('.places').waitFor();
    },
  },
  {
    name: 'now-wall',
    go: async (page) => {
      await page.goto('/now?wall=1');
      await page.locator('.wall-lines').first().waitFor();
      await page.locator('.wall-column').waitFor();
    },
  },
  {
    name: 'know-guess',
    go: async (page) => {
      await page.goto('/know?quarter=2026-Q4');
      await page.locator('.questions').waitFor();
    },
  },
  {
    name: 'know',
    go: async (page) => {
      await page.goto('/know?quarter=2026-Q3');
      await page.locator('.questions, .results').first().waitFor();
      if ((await page.locator('.questions').count()) > 0) {
        for (const [i, value] of ['92', '2', '4', '10', '3'].entries())
          await page.locator('.questions input').nth(i).fill(value);
        await page.locator('.guess-form button[type=submit]').click();
      }
      await page.locator('.claims .rate').first().waitFor();
    },
  },
  {
    name: 'units',
    go: (page) => page.goto('/units').then(() => page.locator('.units .rate').first().waitFor()),
  },
  {
    name: 'unit',
    go: (page) => page.goto('/units/logistics').then(() => page.locator('.trend').waitFor()),
  },
  { name: 'try', go: (page) => page.goto('/try').then(() => page.locator('.tap').first().waitFor()) },
  {
    name: 'try-log',
    go: (page) => page.goto('/try?do=walk-log').then(() => page.locator('.record-form').waitFor()),
  },
  {
    name: 'registers',
    go: (page) => page.goto('/registers').then(() => page.locator('.registers li').nth(5).waitFor()),
  },
  {
    name: 'register',
    go: (page) => page.goto('/registers/case').then(() => page.locator('.empty, .record-list').waitFor()),
  },
  {
    name: 'register-new',
    go: (page) => page.goto('/registers/case?new=1').then(() => page.locator('.record-form').waitFor()),
  },
  {
    name: 'record',
    go: async (page) => {
      await page.goto('/registers/case');
      await page.locator('.empty, .record-list').waitFor();
      if ((await page.locator('.record-list').count()) === 0) {
        await page.goto('/registers/case?new=1');
        await page.locator('.record-fields input').first().fill('Var är modulen?');
        await page.locator('.record-fields textarea').last().fill('Fjärde kontakten om samma sak.');
        await page.locator('.record-fields select').first().selectOption('logistics');
        await page.locator('.record-form button[type=submit]').click();
        await page.locator('.notice button').last().click();
      } else {
        await page.locator('.record-title').first().click();
      }
      await page.locator('.history li').first().waitFor();
    },
  },
  {
    name: 'sources',
    go: (page) => page.goto('/sources').then(() => page.locator('.sources .list').waitFor()),
  },
  {
    name: 'import',
    go: (page) => page.goto('/sources/import').then(() => page.locator('#imports').waitFor()),
  },
  {
    name: 'import-map',
    go: async (page) => {
      await page.goto('/sources/import');
      const rows =
        'order_no,email,ordered_at,status\nF-1,a@example.se,2026-10-01 10:00,sent\nF-2,b@example.se,2026-10-02 11:00,sent\n';
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
      await page.locator('.tried').waitFor();
    },
  },
  {
    name: 'import-rejects',
    go: async (page) => {
      const reason = (n) => `is no time; write it as "2026-11-21 10:00" (${n})`;
      const rejects = Array.from({ length: 12 }, (_, i) => ({
        line: 7 * i + 3,
        record: 7 * i + 2,
        column: 'ordered_at',
        reason: reason(i),
        raw: `F-${i},a@example.se,soon,sent`,
      }));
      await page.route('**/v1/imports/1/rejects?*', (route) =>
        route.fulfill({
          contentType: 'application/json',
          body: JSON.stringify({ import: 1, file: 'orders.csv', rejected: 12, rejects, next_after: null }),
        }),
      );
      await page.goto('/sources/import/1/rejects');
      await page.locator('.row-raw').last().waitFor();
    },
  },
  {
    name: 'story',
    go: (page) => page.goto('/story').then(() => page.locator('.begin-steps').waitFor()),
  },
  {
    name: 'begin',
    go: async (page) => {
      await page.goto('/begin');
      await page.locator('.begin button.action').click();
      await page.locator('.connect-key').waitFor();
    },
  },
  {
    name: 'administration',
    go: async (page) => {
      await page.goto('/administration?person=owner');
      await page.locator('.person-edit').waitFor();
    },
  },
  {
    name: 'administration-add',
    go: (page) => page.goto('/administration?new=1').then(() => page.locator('.record-form').waitFor()),
  },
  {
    name: 'administration-mandates',
    go: (page) =>
      page
        .goto('/administration?part=mandates')
        .then(() => page.locator('[aria-labelledby=mandates] :is(.empty, table)').waitFor()),
  },
  {
    name: 'administration-calendars',
    go: async (page) => {
      await page.goto('/administration?part=calendars');
      await page.locator('[aria-labelledby=calendar-sweden] summary').click();
    },
  },
  {
    name: 'administration-keys',
    go: async (page) => {
      await page.goto('/administration?part=keys&new=1');
      await page.locator('.record-form').waitFor();
    },
  },
  {
    name: 'administration-audit',
    go: (page) => page.goto('/administration?part=audit').then(() => page.locator('.audit').waitFor()),
  },
  {
    name: 'administration-health',
    go: (page) =>
      page.goto('/administration?part=health').then(() => page.locator('.figures').first().waitFor()),
  },
];
