// One customer's matter from her call to the answer, and the days of those who answer for it: what Now counts and how it
// moves, who is warned, what leaders find when they try it themselves; and that nothing jumps, is wide, or moves in vain.
import assert from 'node:assert/strict';
import { signIn as enter } from './browser.mjs';
import { settle, walking } from './places.mjs';
import { suite } from './suite.mjs';

const { inBrowser } = suite({ customers: 600 });

/** As this person from here on, whoever it was before. */
async function signIn(page, login, path) {
  await page.context().clearCookies();
  await enter(page, login, path);
}

/** Asks the server as whoever is signed in on the page. */
const ask = (page, path) => page.evaluate((it) => fetch(it).then((answer) => answer.json()), path);
const told = (page, text) => page.locator('.notices').getByText(text).last().waitFor();
const dayOf = (instant) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'Europe/Stockholm' }).format(
    new Date(instant),
  );

inBrowser(
  'from the call to the answer: Karin, Ulla and a leader',
  { language: 'en' },
  async (page, installation) => {
    await signIn(page, 'front_line', '/customer');
    await page.locator('#find').fill('karin@example.se');
    await page.keyboard.press('Enter');
    await page.getByText('The fourth contact').waitFor();
    const open = await page.locator('.open-promise').count();
    await page.getByRole('button', { name: 'Promise something' }).click();
    await page.getByLabel('What do you promise?').fill('calls back with the day of delivery');
    await page.getByRole('button', { name: 'Promise', exact: true }).click();
    await told(page, /Promised by .*: calls back with the day of delivery/);
    await page.waitForFunction((n) => document.querySelectorAll('.open-promise').length > n, open);
    await page.getByRole('button', { name: 'I could not help' }).click();
    await page.getByRole('button', { name: 'I do not know' }).click();
    await page.getByLabel(/What would it have taken/).fill('the day on which the module comes');
    await page.getByRole('button', { name: 'Tell leadership' }).click();
    await told(page, 'Leadership has been told');
    // The leader finds it among the answers that she owes, with its date, and answers.
    await signIn(page, 'leader', '/know');
    const { records } = await ask(page, '/v1/registers/blocked-help/records?state=pressed');
    assert.equal(records.length, 1);
    const owed = page.getByRole('region', { name: 'Answers that wait for you' });
    const line = owed.locator('li', { has: page.locator(`a[href="/records/${records[0].id}"]`) });
    await line.getByText(new RegExp(dayOf(records[0].due))).waitFor();
    await line.getByRole('link').click();
    await page.getByText('the day on which the module comes').first().waitFor();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page
      .getByLabel('Leadership’s answer')
      .or(page.getByLabel("Leadership's answer"))
      .fill('It leaves the depot on Friday.');
    await page.locator('.record-form button[type=submit]').click();
    await page.locator('.record-form').waitFor({ state: 'detached' });
    // She who asked reads it where she works, and goes on to what lay behind.
    await signIn(page, 'front_line', '/customer');
    const answer = page.locator('.answer', { hasText: 'It leaves the depot on Friday.' });
    await answer.getByText('the day on which the module comes').waitFor();
    await answer.getByRole('button', { name: 'Read it' }).click();
    await answer.getByText('Read', { exact: true }).waitFor();
    await page.locator('#find').fill('karin@example.se');
    await page.keyboard.press('Enter');
    await page.locator('.card').waitFor();
    await page.getByRole('link', { name: /Whose fault\? 27 Oct/ }).click();
    await page.getByRole('heading', { name: 'A customer got in touch' }).waitFor();
    for (let step = 2; step <= 6; step += 1) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(`Step ${step} of 6`, { exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Open a case with Logistik' }).click();
    const owes = await page.getByText(/^Logistik owes an answer by/).innerText();
    const front = await installation.as('front_line');
    const cases = (await front('GET', '/v1/registers/case/records?unit=logistics&state=open')).records;
    assert.equal(cases.length, 1);
    assert.ok(owes.includes(dayOf(cases[0].due)), `${owes} of ${cases[0].due}`);
    // It is the unit's to answer, by the same date.
    await signIn(page, 'leader', '/units/logistics');
    const owe = page.getByRole('region', { name: 'Answers we owe' });
    await owe.getByRole('row', { name: new RegExp(`What lies behind.*${dayOf(cases[0].due)}`) }).waitFor();
  },
);

/** The figures of one month as the pages weigh them, from what the server counted. */
async function counted(page, month) {
  const { promises: list } = await ask(page, '/v1/promises');
  const weights = new Map(list.map((it) => [it.id, it.weight]));
  const gap = await ask(page, '/v1/gap?each=month');
  const rows = gap.promises.flatMap((promise) => {
    const of = promise.periods.find((it) => it.from.startsWith(month));
    return of && of.rate !== null && of.target !== null
      ? [{ title: promise.title, weight: weights.get(promise.id), rate: of.rate, target: of.target }]
      : [];
  });
  const weight = rows.reduce((sum, it) => sum + it.weight, 0);
  const weighed = (value) => rows.reduce((sum, it) => sum + it.weight * value(it), 0) / weight;
  const worst = rows
    .filter((it) => it.rate < it.target)
    .sort((a, b) => b.weight * (b.target - b.rate) - a.weight * (a.target - a.rate));
  return {
    gap,
    promised: weighed((it) => it.target),
    delivered: weighed((it) => it.rate),
    worst: worst.slice(0, 8).map((it) => it.title),
  };
}

const percent = (share, digits) => `${(share * 100).toFixed(digits)}%`;
const firstLines = async (cells) => (await cells.allInnerTexts()).map((it) => it.split('\n')[0]);

inBrowser(
  'what Now shows is what was counted, and it moves by itself',
  { language: 'en' },
  async (page, installation) => {
    await signIn(page, 'leader', '/now');
    await page.locator('.three').waitFor();
    await page.locator('.places').waitFor();
    await settle(page);
    await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
    const month = await page.locator('.month-pick select').inputValue();
    const before = await counted(page, month);
    const figures = page.locator('.three .figure');
    const [promised, delivered, gap] = await figures.allInnerTexts();
    assert.equal(promised, percent(before.promised, 1));
    assert.equal(delivered, percent(before.delivered, 1));
    assert.equal(gap, ((before.promised - before.delivered) * 100).toFixed(1));
    const panel = (id) => page.locator(`section[aria-labelledby=${id}]`);
    assert.deepEqual(await panel('worst').locator('tbody .promise-link').allInnerTexts(), before.worst);

    // What changed since last week: two weeks that follow each other, with shares and numbers as counted.
    const from = new Date(Date.parse(before.gap.complete_through) - 42 * 86_400_000).toISOString();
    const weekly = await ask(page, `/v1/gap?each=week&from=${encodeURIComponent(from)}`);
    await panel('weeks').locator('summary').click();
    const rows = panel('weeks').locator('tbody tr');
    assert.ok((await rows.count()) > 5);
    for (const row of await rows.all()) {
      const title = await row.locator('.promise-link').innerText();
      const weeks = weekly.promises.find((it) => it.title === title).periods;
      const [was, is] = (await row.locator('td.number').allInnerTexts()).map((it) =>
        it.split('\n').join(' '),
      );
      const said = (it) => {
        const settled = it.kept + it.late + it.broken;
        return settled > 0 ? `${percent(it.kept / settled, 0)} of ${settled}` : '';
      };
      const pairs = weeks.map((it, i) => [weeks[i - 1], it]).filter(([a]) => a);
      assert.ok(
        pairs.some(([a, b]) => said(a) === was && said(b) === is && a.to === b.from),
        `${title}: ${was}, ${is} is among ${weeks.map(said).join('; ')}`,
      );
    }

    // What is about to break, and who can act.
    const due = await ask(page, '/v1/due?hours=72&limit=60');
    const overdue = due.units.reduce((sum, it) => sum + it.overdue, 0);
    await panel('due')
      .getByText(new RegExp(`\\b${overdue} overdue`))
      .waitFor();
    assert.deepEqual(
      await panel('due').locator('tbody .promise-link').allInnerTexts(),
      due.due.slice(0, 10).map((it) => it.title),
    );
    assert.ok(due.units.every((it) => it.recipients === 0));
    assert.deepEqual(
      [...new Set(await firstLines(panel('due').locator('tbody td:nth-child(4)')))],
      ['Nobody'],
    );

    // Chains that still grow.
    const { from: start, to } = before.gap.promises[0].periods.find((it) => it.from.startsWith(month));
    const { chains } = await ask(
      page,
      `/v1/causes?from=${encodeURIComponent(start)}&to=${encodeURIComponent(to)}`,
    );
    await panel('chains')
      .getByText(new RegExp(`^${chains.going_on} matters? still`))
      .waitFor();
    assert.deepEqual(
      (await panel('chains').locator('tbody td:first-child').allInnerTexts()).map(Number),
      chains.longest.slice(0, 6).map((it) => it.contacts),
    );

    // Forty parcels that came late: the figures follow, and nobody loads anything.
    const after = (days) => new Date(Date.parse(start) + days * 86_400_000).toISOString();
    const events = Array.from({ length: 40 }, (_, i) => {
      const same = { subject: [{ type: 'email', value: `late${i}@example.se` }], keys: { order: `L-${i}` } };
      const data = { product: 'router', promised_at: after(8).slice(0, 10) };
      return [
        { id: `p${i}`, type: 'order.placed', time: after(5), ...same, data },
        { id: `q${i}`, type: 'order.delivered', time: after(15), ...same },
      ];
    });
    await installation.send(events.flat());
    await page.waitForFunction((old) => {
      const now = document.querySelectorAll('.three .figure')[1]?.textContent;
      return now && now !== old;
    }, delivered);
    const now = await counted(page, month);
    assert.ok(now.delivered < before.delivered);
    assert.equal((await figures.allInnerTexts())[1], percent(now.delivered, 1));
    assert.ok(await page.evaluate(() => window.isSameDocument));
  },
);

inBrowser('nobody is warned: somebody is added from there, and undone', { language: 'en' }, async (page) => {
  await signIn(page, 'leader', '/now');
  const due = page.locator('section[aria-labelledby=due]');
  await due
    .locator('tbody tr', { hasText: 'Logistik' })
    .getByRole('link', { name: 'Add recipients' })
    .first()
    .click();
  await page.waitForURL('**/units/logistics?do=recipient');
  const fill = async () => {
    const form = page.getByRole('form', { name: 'Add a recipient' });
    await form.getByLabel('Name').fill('The late shift');
    await form.getByLabel('Mail').fill('shift@example.se');
    await form.getByLabel('How often').selectOption('daily');
    await form.getByRole('button', { name: 'Add a recipient' }).click();
    await told(page, 'The late shift is told from now on.');
  };
  await fill();
  const sheet = page.getByRole('region', { name: 'Told before a promise breaks' });
  await sheet.getByText('shift@example.se').waitFor();
  await sheet.getByText('every day at seven').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await sheet.getByText('Nobody is told when a promise is about to break').waitFor();
  await sheet.getByRole('button', { name: 'Add a recipient' }).click();
  await fill();
  await sheet.getByRole('button', { name: /^Remove\s*: The late shift/ }).click();
  await sheet.getByText('Nobody is told').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await sheet.getByText('shift@example.se').waitFor();
  const { recipients } = await ask(page, '/v1/units/logistics/recipients');
  assert.deepEqual(
    recipients.map(({ name, mail, interval, language }) => [name, mail, interval, language]),
    [['The late shift', 'shift@example.se', 'daily', 'en']],
  );
  // Who leads another unit has nothing to do with them.
  await signIn(page, 'service_leader', '/units/logistics');
  await page.getByRole('heading', { name: 'Our promises' }).waitFor();
  await settle(page);
  assert.equal(await page.locator('#recipients').count(), 0);
});

/** No wider than its window. */
const isNarrow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

inBrowser(
  'on a phone: what a walk found becomes a case, a customer is met',
  { language: 'en', width: 360 },
  async (page) => {
    await signIn(page, 'leader', '/try');
    await page.getByRole('button', { name: 'Plan: Walk' }).click();
    await page.getByLabel('Journey').fill('Cancel by phone');
    await page.locator('.record-form button[type=submit]').click();
    await told(page, 'Added: Cancel by phone');
    const journeys = page.getByRole('region', { name: 'What has been tried' });
    await journeys.getByRole('row', { name: /^Cancel by phone never/ }).waitFor();
    const leaders = page.getByRole('region', { name: 'Who has tried' });
    await leaders.getByRole('row', { name: /^leader never never$/ }).waitFor();
    await page.getByRole('button', { name: 'Log: Walk' }).click();
    await page.getByLabel('Journey').fill('Order a router');
    await page.getByLabel('What did you find?').fill('Nobody says when it comes. I had to ask twice.');
    await page.getByLabel(/^Unit/).selectOption('logistics');
    assert.ok(await isNarrow(page), 'the form is no wider than the phone');
    await page.locator('.record-form button[type=submit]').click();
    await told(page, 'Added: Order a router');
    const today = dayOf(new Date().toISOString());
    await journeys.getByRole('row', { name: new RegExp(`^Order a router ${today} leader 1`) }).waitFor();
    await page.getByRole('button', { name: 'Log: Meeting' }).click();
    await page.getByLabel('What is it about?').fill('A router that never came');
    await page.locator('.record-form button[type=submit]').click();
    await leaders.getByRole('row', { name: new RegExp(`^leader ${today} ${today}$`) }).waitFor();
    assert.ok(await isNarrow(page), 'the tables are no wider than the phone');
    await page.getByRole('link', { name: /^Open a case of it\s*: Order a router/ }).click();
    const form = page.locator('.record-form');
    await form.waitFor();
    const field = (name) => form.getByLabel(name);
    assert.equal(await field('What is it about?').inputValue(), 'Nobody says when it comes');
    assert.equal(
      await field(/What has happened/).inputValue(),
      'Order a router: Nobody says when it comes. I had to ask twice.',
    );
    assert.equal(await field('Unit that must answer').inputValue(), 'logistics');
    assert.ok(await isNarrow(page), 'the case is no wider than the phone');
    await field('Comment').fill('found on a walk');
    await form.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Nobody says when it comes' }).waitFor();
    await page.getByText('Try it yourself', { exact: true }).last().waitFor();
    await page.getByRole('link', { name: 'Order a router' }).click();
    await page.getByRole('heading', { name: 'Order a router' }).waitFor();
  },
);

// The server answers a little late, so that what stands there meanwhile is drawn.
const LATE_MS = 150;
const MAIN = [
  ['/customer', '.empty'],
  ['/now', '.places'],
  ['/units', '.units .rate'],
  ['/units/logistics', '.trend'],
  ['/promises', '.rate'],
  ['/promises/module-within-a-week', '.instances'],
  ['/registers', '.registers li'],
  ['/registers/case', '.empty, .record-list'],
  ['/try', '.tap'],
  ['/sources', '.sources .list'],
  ['/know?quarter=2026-Q3', '.questions, .results'],
  ['/administration', '.people li'],
];
/** More is a jump that one sees (web.dev/articles/cls). */
const MOST_SHIFT = 0.1;

inBrowser(
  'nothing jumps while a page comes, and nothing moves for who wants none',
  { language: 'en' },
  async (page) => {
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const it of list.getEntries())
          window.shifts.push({
            value: it.value,
            what: it.sources.map(
              ({ node }) => node?.className || node?.parentElement?.className || node?.nodeName,
            ),
          });
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.route('**/v1/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, LATE_MS));
      await route.continue().catch(() => {});
    });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await signIn(page, 'everybody', '/nothing-here');
    const walker = walking(page);
    const jumps = [];
    for (const [address, shown] of MAIN) {
      await page.evaluate(() => window.shifts.splice(0));
      await walker.goto(address);
      const moving = await page.evaluate(() => document.getAnimations().length);
      assert.equal(moving, 0, `${address} moves`);
      await page.locator(shown).first().waitFor();
      await settle(page);
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((all, it) => all + it.value, 0);
      if (process.env.PAGES_TELL) console.log(address, sum.toFixed(3), JSON.stringify(shifts));
      if (sum >= MOST_SHIFT) jumps.push(`${address}: ${sum.toFixed(3)} ${JSON.stringify(shifts)}`);
    }
    assert.deepEqual(jumps, []);
    // A wide desk: nothing runs out of the window, and lines do not become endless.
    await page.setViewportSize({ width: 1920, height: 1080 });
    for (const address of ['/now', '/units', '/promises/module-within-a-week', '/customer']) {
      await walker.goto(address);
      await page.locator('h1').waitFor();
      await settle(page);
      assert.ok(await isNarrow(page), `${address} at 1920`);
      const widest = await page.evaluate(() => {
        const widthOf = (it) => {
          const text = document.createRange();
          text.selectNodeContents(it);
          return text.getBoundingClientRect().width;
        };
        return Math.max(...[...document.querySelectorAll('main p')].map(widthOf));
      });
      assert.ok(widest < 1300, `${address}: a paragraph of ${widest} px`);
    }
  },
);

inBrowser(
  'a contact whose key has a stroke in it opens, also by its link',
  { language: 'en' },
  async (page, installation) => {
    const subject = [{ type: 'email', value: 'stroke@example.se' }];
    const key = 'samtal/7?a#b 100%';
    const time = '2026-10-20T10:00:00Z';
    await installation.send([
      {
        id: 's1',
        type: 'contact.started',
        time,
        subject,
        keys: { contact: key },
        data: { reason: 'delivery' },
      },
    ]);
    await signIn(page, 'analyst', '/cause');
    await page.locator('.cause-find input').fill(key);
    await page.getByRole('button', { name: 'Show the cause' }).click();
    await page.getByRole('heading', { name: 'A customer got in touch' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'A customer got in touch' }).waitFor();
    await page.locator('.cause-foot').getByRole('button', { name: 'Next' }).click();
    await page.getByText('Step 2 of', { exact: false }).waitFor();
  },
);
