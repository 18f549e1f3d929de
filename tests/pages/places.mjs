// Every place of the pages, and how to get there. A new page is a line here, and is then in the pictures, and held to
// accessibility, in both languages, themes and widths.

/** Until nothing is on its way any more. */
export async function settle(page) {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
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
    },
  },
];
