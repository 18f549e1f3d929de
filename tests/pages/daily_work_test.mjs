// Lists of a hundred thousand rows, whom one may see, what is undone or no longer can be, and fields for times.
import assert from 'node:assert/strict';
import { signIn } from './browser.mjs';
import { PASSWORD } from './installation.mjs';
import { findKarin, PLACES } from './places.mjs';
import { suite } from './suite.mjs';

const { inBrowser } = suite({ customers: 200, people: { guard: 'front_line' } });
const MANY = 100_000;

async function signOut(page) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

/** More rows than one sees, and far fewer than there are. */
const MOST_DRAWN = 150;

/** Asks the server as whoever is signed in on the page. */
const ask = (page, path) => page.evaluate((it) => fetch(it).then((answer) => answer.json()), path);

/** The server answers one page of the list with all its rows; the rest is the program's own. */
async function answerMany(page, path, rows) {
  await page.route(
    (url) => url.pathname === path,
    (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(rows) }),
  );
}

async function scrollsWhole(page, rows, last) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  assert.ok((await rows.count()) < MOST_DRAWN, `${await rows.count()} rows are drawn`);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await page.getByText(last, { exact: true }).first().waitFor();
  assert.ok((await rows.count()) < MOST_DRAWN, `${await rows.count()} rows are drawn at the end`);
  assert.ok((await page.evaluate(() => window.scrollY)) > MANY * 20, 'the bar is as long as the list');
  await page.evaluate(() => window.scrollTo(0, 0));
}

inBrowser('a hundred thousand lines of the audit trail', { language: 'en' }, async (page) => {
  const lines = Array.from({ length: MANY }, (_, i) => ({
    number: i + 1,
    at: '2026-11-20T10:00:00Z',
    who_kind: 'key',
    who: `system ${i + 1}`,
    what: 'card',
    whom: '',
    why: '',
    details: '',
  }));
  await answerMany(page, '/v1/audit', { lines, next_beyond: null });
  await signIn(page, 'steward', '/administration?part=audit');
  const rows = page.locator('.audit tbody tr');
  await rows.nth(5).waitFor();
  await scrollsWhole(page, rows, `system ${MANY}`);
  assert.equal(await page.locator('.audit').getAttribute('aria-rowcount'), String(MANY + 1));
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await page.getByText('The table lies in the clipboard').waitFor();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(csv.split('\r\n').length, MANY + 1);
  // What went wrong is said as it is, not taken for the browser's no.
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('too much at once'));
  });
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await page.getByText('Nothing was copied: too much at once').waitFor();
});

inBrowser('a hundred thousand records and rejected events', { language: 'en' }, async (page) => {
  const records = Array.from({ length: MANY }, (_, i) => ({
    id: `case-${i + 1}`,
    title: `Case number ${i + 1}`,
    register: 'case',
    version: 1,
    state: 'open',
    owner: null,
    unit: 'logistics',
    created_at: '2026-11-20T10:00:00Z',
    created_by: null,
    state_since: '2026-11-20T10:00:00Z',
    due: '2026-11-27T10:00:00Z',
    overdue: false,
    values: {},
    masked: [],
    sealed: [],
  }));
  await answerMany(page, '/v1/registers/case/records', { records, next: null });
  const rejects = Array.from({ length: MANY }, (_, i) => ({
    number: i + 1,
    received: '2026-11-20T10:00:00Z',
    kind: 'event',
    source: 'shop',
    pointer: '/time',
    reason: `Reason number ${i + 1}`,
    state: 'waiting',
    settled_at: null,
    settled_by: '',
    note: '',
  }));
  await answerMany(page, '/v1/rejects', { rejects, next_after: null });
  await signIn(page, 'everybody', '/registers/case');
  const rows = page.locator('.record-list tbody tr');
  await rows.nth(5).waitFor();
  await scrollsWhole(page, rows, `Case number ${MANY}`);
  await page.goto('/sources');
  const items = page.locator('.rejects > li');
  await items.nth(5).waitFor();
  await scrollsWhole(page, items, `Reason number ${MANY}`);
});

inBrowser('a list is read on as one scrolls', { language: 'en' }, async (page, installation) => {
  const bad = Array.from({ length: 450 }, (_, i) => ({
    id: `bad-${i}`,
    type: 'order.placed',
    time: 'some day',
    subject: [{ type: 'email', value: 'bad@example.se' }],
  }));
  await installation.send(bad).catch(() => {});
  await signIn(page, 'steward', '/sources');
  const items = page.locator('.rejects > li');
  await items.nth(5).waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  const all = () => items.first().getAttribute('aria-setsize').then(Number);
  for (let pages = 2; pages < 5; pages += 1) {
    await page.waitForFunction(
      (n) => Number(document.querySelector('.rejects > li')?.getAttribute('aria-setsize')) >= n,
      Math.min(pages * 100, 450),
    );
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  }
  await page.waitForFunction(
    () => Number(document.querySelector('.rejects > li')?.getAttribute('aria-setsize')) === 450,
  );
  assert.equal(await all(), 450);
  assert.ok((await items.count()) < MOST_DRAWN);
});

inBrowser('tables are sorted by any column, and the address holds it', { language: 'en' }, async (page) => {
  await signIn(page, 'owner', '/promises');
  await page.locator('.rate').first().waitFor();
  const titles = () => page.locator('.promises tbody tr .promise-link').allInnerTexts();
  const before = await titles();
  await page.getByRole('columnheader', { name: 'Promise' }).getByRole('button').click();
  await page.waitForURL('**/promises?sort=promise');
  const alphabetical = before.toSorted((a, b) => a.localeCompare(b, 'en'));
  assert.deepEqual(await titles(), alphabetical);
  await page.getByRole('columnheader', { name: 'Promise' }).getByRole('button').press('Enter');
  await page.waitForURL('**/promises?sort=-promise');
  assert.deepEqual(await titles(), alphabetical.toReversed());
  await page.reload();
  await page.locator('.rate').first().waitFor();
  assert.deepEqual(await titles(), alphabetical.toReversed());
  await page.getByRole('columnheader', { name: 'Promise' }).getByRole('button').click();
  assert.deepEqual(await titles(), before);
});

inBrowser(
  'a phone number that two have, and one who is protected',
  { language: 'en' },
  async (page, installation) => {
    const known = (id, email, more, data = {}) => ({
      id,
      type: 'customer.updated',
      time: '2026-11-20T10:00:00Z',
      subject: [{ type: 'email', value: email }, ...more],
      data,
    });
    const phone = { type: 'phone', value: '+46701112233' };
    await installation.send([
      known('k1', 'maja@example.se', [phone]),
      known('k2', 'nils@example.se', [phone]),
      known('k3', 'hidden@example.se', [], { protected: true }),
    ]);
    await signIn(page, 'administrator', '/administration?person=guard');
    await page.getByLabel(/may open protected/i).click();
    await page.getByText(/guard may (now )?open protected/i).waitFor();
    await signOut(page);
    // A telephone system opens the page, and then pops who calls next in it.
    await signIn(page, 'front_line', '/customer#find=nils%40example.se&call=4711');
    await page.getByRole('heading', { name: 'nils@example.se' }).waitFor();
    assert.match(page.url(), /\/customer\/c\d+\?why=4711$/);
    await page.evaluate(() => {
      window.location.hash = '#phone=070-111%2022%2033&call=4712';
    });
    const candidates = page.locator('.candidate');
    await candidates.nth(1).waitFor();
    assert.equal(await candidates.count(), 2);
    await page.getByRole('link', { name: /nils@example.se/ }).click();
    await page.getByRole('heading', { name: 'nils@example.se' }).waitFor();
    assert.match(page.url(), /\/customer\/c\d+\?why=4712$/);
    await page.locator('#find').fill('hidden@example.se');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Protected' }).waitFor();
    const told = await page.locator('main').innerText();
    assert.match(told, /guard/, 'whom to ask');
    assert.doesNotMatch(told, /hidden@/);
    assert.equal(await page.locator('.card').count(), 0);
    await signOut(page);
    await signIn(page, 'guard', '/customer');
    await page.locator('#find').fill('hidden@example.se');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'hidden@example.se' }).waitFor();
  },
);

inBrowser(
  'times are those of Stockholm, wherever one sits',
  { language: 'en', zone: 'America/New_York' },
  async (page, installation) => {
    await installation.send([
      {
        id: 'z1',
        type: 'order.placed',
        time: '2026-11-20T10:00:00Z',
        subject: [{ type: 'email', value: 'zone@example.se' }],
        keys: { order: 'Z-1' },
      },
    ]);
    await signIn(page, 'front_line', '/customer');
    await page.locator('#find').fill('zone@example.se');
    await page.keyboard.press('Enter');
    await page.locator('.card').waitFor();
    await page.keyboard.press('1');
    await page.getByLabel('What do you promise?').fill('calls back');
    await page.getByLabel('By when?').fill('2031-06-02T17:00');
    await page.getByLabel('Unit that keeps it').selectOption('service');
    await page.getByRole('button', { name: 'Promise', exact: true }).click();
    await page.getByText(/2 Jun 2031,? 17:00: calls back/).waitFor();
    const { records } = await ask(page, '/v1/registers/commitment/records?limit=1&creator=front_line');
    assert.equal(records[0].due, '2031-06-02T15:00:00Z', 'five in the afternoon in Sweden, in summer');
  },
);

inBrowser(
  'a promise is withdrawn, undone, and withdrawn for good by who leaves',
  { language: 'en' },
  async (page) => {
    await signIn(page, 'owner', '/promises/one-contact-is-enough');
    await page.goto('/promises');
    await page.locator('.promise-link').first().click();
    await page.locator('.code').first().waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const withdrawn = async () => (await ask(page, `/v1/promises/${id}`)).versions.at(-1).withdrawn_why;
    const withdraw = async () => {
      await page.getByRole('button', { name: 'Withdraw the promise' }).click();
      await page.getByLabel('Why is it withdrawn?').fill('nobody needs it');
      await page.locator('.record-form button[type=submit]').click();
      await page.getByText('is being withdrawn').waitFor();
    };
    await withdraw();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Withdraw the promise' }).waitFor();
    assert.equal(await withdrawn(), null);
    await withdraw();
    await page.reload();
    await page.getByText(/Withdrawn .*nobody needs it/).waitFor();
    assert.equal(await withdrawn(), 'nobody needs it');
    assert.equal(await page.getByRole('button', { name: 'Withdraw the promise' }).count(), 0);
  },
);

inBrowser(
  'every change of a case is undone, and the history keeps both',
  { language: 'en' },
  async (page) => {
    await signIn(page, 'leader', '/registers/case?new=1&unit=logistics');
    await page.getByLabel('What is it about?').fill('Where is the module?');
    assert.equal(await page.getByLabel('Unit that must answer').inputValue(), 'logistics');
    await page.locator('.record-fields textarea').last().fill('asked twice');
    await page.locator('.record-form button[type=submit]').click();
    const state = page.locator('.record-meta .verdict');
    await state.getByText('Open', { exact: true }).waitFor();
    await page.locator('.notice button').last().click();
    const move = async (name, fill) => {
      await page.locator('.moves').getByRole('button', { name, exact: true }).click();
      if (fill) await page.locator('.record-fields textarea').first().fill(fill);
      await page.locator('.record-fields textarea').last().fill('because');
      await page.locator('.record-form button[type=submit]').click();
      await page.locator('.notice').waitFor();
    };
    const undo = async () => {
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.locator('.notice').waitFor({ state: 'detached' });
    };
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const shown = async () => {
      const { state, owner, values, due } = await ask(page, `/v1/records/${id}`);
      return { state, owner, answer: values.answer, due };
    };
    const opened = await shown();
    for (const [name, fill] of [['Take'], ['Escalate'], ['Answer', 'It came on Monday.']]) {
      await move(name, fill);
      assert.notDeepEqual(await shown(), opened);
      await undo();
      assert.deepEqual(await shown(), opened);
    }
    await move('Answer', 'It came on Monday.');
    const answered = await shown();
    await page.locator('.notice button').last().click();
    await move('Close');
    await state.getByText('Closed', { exact: true }).waitFor();
    await page.locator('body').press('z');
    await state.getByText('Answered', { exact: true }).waitFor();
    assert.deepEqual(await shown(), answered);
    const { changes } = await ask(page, `/v1/records/${id}/history?limit=100`);
    assert.deepEqual(
      changes.slice(0, 3).map((it) => [it.action, it.to_state, it.comment]),
      [
        ['undone', 'answered', 'Undone at once'],
        ['moved', 'closed', 'because'],
        ['moved', 'answered', 'because'],
      ],
    );
  },
);

inBrowser(
  'an agent without a mouse: looks up, promises, hands over, could not help',
  { language: 'en' },
  async (page) => {
    const { keyboard } = page;
    const has = (text) => page.locator('.notices').getByText(text).waitFor();
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    await signIn(page, 'front_line', '/customer');
    await page.locator('#find').waitFor();
    await keyboard.press('/');
    await keyboard.type('karin@example.se');
    await keyboard.press('Enter');
    await page.locator('.card').waitFor();
    // From the field to the page: the keys are those of the card from here on.
    await keyboard.press('Escape');
    await keyboard.press('1');
    await keyboard.type('calls back with the day of delivery');
    await keyboard.press('Enter');
    await has(/Promised by/);
    assert.match(await focused(), /Promise something/);
    await keyboard.press('3');
    await page.getByRole('form', { name: 'I could not help' }).waitFor();
    await keyboard.press('Control+Enter');
    await has('Leadership has been told');
    assert.match(await focused(), /I could not help/);
    await keyboard.press('z');
    await page.locator('.events').getByText('“I could not help” was withdrawn').first().waitFor();
    await keyboard.press('4');
    await page.getByRole('form', { name: 'Hand over' }).waitFor();
    await keyboard.press('Control+a');
    await keyboard.type('Where is the module?');
    await keyboard.press('Control+Enter');
    await has('Logistik owns it now: Where is the module?');
    assert.match(await focused(), /Hand over/);
    // An answer that comes late closes its own form, not what was opened since.
    let letGo;
    const held = new Promise((resolve) => (letGo = resolve));
    await page.route('**/v1/help-blocked', (route) => held.then(() => route.continue()), { times: 1 });
    await keyboard.press('3');
    await page.getByRole('form', { name: 'I could not help' }).waitFor();
    await keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Hand over' }).click();
    await page.getByRole('form', { name: 'Hand over' }).waitFor();
    letGo();
    await page.locator('.notices').getByText('Leadership has been told').last().waitFor();
    await page.getByRole('form', { name: 'Hand over' }).waitFor();
    await keyboard.press('Escape');
    // From Cancel the same keys cancel, and send nothing.
    await keyboard.press('3');
    const sent = page.waitForRequest('**/v1/help-blocked', { timeout: 1000 }).then(
      () => 'sent',
      () => 'nothing',
    );
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await keyboard.press('Control+Enter');
    await page.getByRole('form', { name: 'I could not help' }).waitFor({ state: 'detached' });
    assert.equal(await sent, 'nothing');
    await keyboard.press('4');
    await keyboard.press('Escape');
    await page.getByRole('form', { name: 'Hand over' }).waitFor({ state: 'detached' });
    assert.match(await focused(), /Hand over/);
  },
);

inBrowser(
  'a key stays revoked where one signs out before the time to undo is over',
  { language: 'en' },
  async (page) => {
    await signIn(page, 'administrator', '/administration?part=keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('What is it for?').fill('the lift');
    await page.getByLabel('Source that it speaks for').fill('lift');
    await page.locator('.record-form button[type=submit]').click();
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Revoke: the lift' }).click();
    await page.locator('.notice').waitFor();
    await signOut(page);
    // Who comes next, in the same window, is told nothing of it and has nothing to undo.
    await page.locator('input[autocomplete=username]').fill('guard');
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    assert.equal(await page.locator('.notice').count(), 0);
    await signOut(page);
    await signIn(page, 'administrator', '/administration?part=keys');
    await page
      .locator('.people li', { hasText: 'the lift' })
      .getByText(/revoked \d/)
      .waitFor();
  },
);

inBrowser(
  'a contact was about something else: one press, and back',
  { language: 'en' },
  async (page, installation) => {
    const contact = (id, day, email) => ({
      id: `${email} ${id}`,
      type: 'contact.started',
      time: `2026-11-${day}T10:00:00Z`,
      subject: [{ type: 'email', value: email }],
      channel: 'phone',
      unit: 'service',
      keys: { contact: id },
      data: { reason: 'delivery' },
    });
    // Another customer has a contact of the same key.
    await installation.send([
      contact('about?1', '18', 'about@example.se'),
      contact('about-2', '19', 'about@example.se'),
      contact('about-2', '19', 'other@example.se'),
    ]);
    await signIn(page, 'front_line', '/customer');
    await page.locator('#find').fill('about@example.se');
    await page.keyboard.press('Enter');
    await page.locator('.contacts .contact').nth(1).waitFor();
    await page
      .locator('.contact')
      .last()
      .getByRole('link', { name: /Whose fault/ })
      .click();
    await page.getByRole('heading', { name: 'A customer got in touch' }).waitFor();
    await page.goBack();
    await page.locator('.contacts .contact').nth(1).waitFor();
    const matters = page.locator('.matter');
    assert.equal(await matters.count(), 1);
    await page.locator('.contact').first().getByText('Another matter?').click();
    await page.getByRole('button', { name: 'something of its own' }).click();
    await page.getByText(/The contact of 19 Nov.* is about this now: something of its own/).waitFor();
    await matters.nth(1).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await matters.nth(1).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.contacts .contact').count(), 2);
  },
);

inBrowser('how far an import is, as the server tells it', { language: 'en' }, async (page) => {
  await signIn(page, 'steward', '/sources/import');
  await PLACES.find((it) => it.name === 'import-map').go(page);
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route('**/v1/uploads/*/import', (route) => held.then(() => route.continue()));
  let told = { step: 'reading', read: 1500, stored: 0 };
  await page.route(
    (url) => /^\/v1\/uploads\/[^/]+$/.test(url.pathname),
    (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(told) }),
  );
  await page.getByRole('button', { name: 'Take in' }).click();
  await page.getByText('1,500 events read from the file').waitFor();
  const bar = page.getByRole('progressbar');
  assert.equal(await bar.getAttribute('value'), null, 'nobody knows yet how many there are');
  told = { step: 'storing', read: 2000, stored: 500 };
  await page.getByText('500 of 2,000 events stored').waitFor();
  assert.deepEqual([await bar.getAttribute('value'), await bar.getAttribute('max')], ['500', '2000']);
  letGo();
  await page.getByRole('heading', { name: 'orders.csv is in' }).waitFor();
});

inBrowser('a source gone silent is seen under Health', { language: 'en' }, async (page) => {
  const source = (name, complete_through) => ({
    name,
    complete_through,
    history_start: complete_through,
    is_live: true,
    event_types: 1,
    lag_s: null,
    heartbeat_through: complete_through,
  });
  const hoursAgo = (n) => new Date(Date.now() - n * 3_600_000).toISOString();
  const sources = [source('phone', hoursAgo(1)), source('shop', hoursAgo(72))];
  const fails = (route) => route.fulfill({ status: 500, json: { title: 'Fault', detail: 'nobody knows' } });
  await page.route('**/v1/state/sources', fails);
  await signIn(page, 'administrator', '/administration?part=health');
  await page.getByRole('alert').getByText('nobody knows').waitFor();
  assert.equal(
    await page.getByText('Everything runs as it should').count(),
    0,
    'nobody knows whether all is well',
  );
  await page.unroute('**/v1/state/sources');
  await answerMany(page, '/v1/state/sources', { sources });
  await page.reload();
  await page.getByText('has been silent for more than a day: shop').waitFor();
  const rows = page.getByRole('region', { name: 'How fresh the sources are' }).locator('tbody tr');
  assert.deepEqual(await rows.locator('td:first-child, th:first-child').allInnerTexts(), ['shop', 'phone']);
  assert.equal(
    await page.locator('#page a[href="/sources"]').count(),
    0,
    'a page that the administrator may not see',
  );
});

inBrowser('answers that a unit waits for, by the unit that owes them', { language: 'en' }, async (page) => {
  const line = (id, unit, part) => ({
    id,
    register: 'case',
    version: 1,
    state: 'open',
    title: `About ${id}`,
    owner: null,
    unit,
    created_at: '2026-01-01T10:00:00Z',
    created_by: 'leader',
    state_since: '2026-01-01T10:00:00Z',
    due: '2100-01-01T10:00:00Z',
    overdue: false,
    values: { for_unit: 'service' },
    masked: [],
    sealed: [],
    ...part,
  });
  const due = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const records = [
    line('case-1', 'logistics', { due, overdue: true }),
    line('case-2', 'billing', {}),
    line('case-3', 'logistics', {}),
  ];
  await page.route('**/v1/registers/case/records?*', (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const isOfOne = asked.has('unit');
    if (!isOfOne) assert.equal(asked.get('for_unit'), 'service');
    return route.fulfill({ json: { records: isOfOne ? [] : records, next: null } });
  });
  await page.route('**/v1/registers/commitment/records?*', (route) =>
    route.fulfill({ status: 500, json: { title: 'Fault', detail: 'no list' } }),
  );
  await signIn(page, 'leader', '/units/service');
  await page.getByRole('alert').getByText('no list').waitFor();
  assert.equal(await page.getByText('No open commitments.').count(), 0);
  const owed = page.getByRole('region', { name: 'Answers we wait for' });
  await owed.getByText('Logistik').waitFor(); // names of units come by a question of their own
  assert.deepEqual(await owed.locator('h3').allInnerTexts(), [
    'Logistik 2 answers, 1 overdue',
    'Fakturering 1 answer',
  ]);
  await owed.getByText('(3 days late)').waitFor();
});

inBrowser('charts are copied as pictures', { language: 'en' }, async (page) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  // How many colours there are in what lies in the clipboard, and how large it is.
  const copied = async (button, chart) => {
    const { width } = await chart.boundingBox();
    // Why again: a browser without a window is now and then not let into the clipboard, and says so on the page.
    const done = page.getByText('The picture lies in the clipboard.').last();
    const refused = page.getByText('Nothing was copied').last();
    for (let tries = 0; tries < 3; tries += 1) {
      await button.click();
      await done.or(refused).last().waitFor();
      if (await done.isVisible()) break;
      await page.bringToFront();
    }
    await done.waitFor();
    const picture = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType('image/png'));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      canvas.drawImage(bitmap, 0, 0);
      const points = new Uint32Array(canvas.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
      return { width: bitmap.width, colours: new Set(points).size };
    });
    assert.equal(picture.width, 2 * Math.ceil(width + 32), 'two points a pixel, and a margin');
    assert.ok(picture.colours > 20, `${picture.colours} colours`);
  };
  await signIn(page, 'everybody', '/promises/module-within-a-week');
  const trend = page.locator('.trend');
  await copied(trend.getByRole('button', { name: 'Copy as picture' }), trend.locator('svg.chart'));
  await trend.getByText('Show as a table').click();
  await trend.getByRole('button', { name: 'Copy as CSV' }).click();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(csv, /^Month,Promised,Delivered,/);
  await findKarin(page);
  const history = page.locator('.history-chart');
  await history.locator('.track').nth(2).waitFor();
  await copied(history.getByRole('button', { name: 'Copy as picture' }), history);
});

inBrowser('one case is enough, and a person is picked', { language: 'en' }, async (page) => {
  await signIn(page, 'everybody', '/cause/contact-5?step=6');
  const open = page.getByRole('button', { name: /^Open a case with/ });
  await open.click();
  await page.getByText(/owes an answer by/).waitFor();
  await page.reload();
  await page.getByText(/owes an answer by/).waitFor();
  assert.equal(await open.count(), 0);
  await page.locator('.cause-text a').click();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel(/^Owner/).selectOption({ label: 'leader (leader)' });
  await page.locator('.record-form').getByLabel('Comment').fill('hers');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Owner: leader').waitFor();
  const path = new URL(page.url()).pathname;
  await signOut(page);
  await signIn(page, 'leader', `${path}?do=edit`);
  await page.getByLabel(/^Owner/).fill('');
  await page.getByRole('button', { name: /^Myself/ }).click();
  assert.equal(await page.getByLabel(/^Owner/).inputValue(), 'leader');
});

inBrowser('mandates, calendars and the state of the server', { language: 'en' }, async (page) => {
  await signIn(page, 'administrator', '/administration?part=mandates');
  await page.getByRole('link', { name: 'New mandate' }).click();
  await page.locator('.record-form').getByLabel('Unit').selectOption('service');
  await page.getByLabel('For what kind of trouble?').fill('late delivery');
  await page.getByLabel('What may be given?').fill('credit');
  await page.getByLabel(/^At most/).fill('500');
  await page.getByLabel(/^Counted in/).fill('kr');
  await page.locator('.record-form button[type=submit]').click();
  await page.getByRole('heading', { name: 'credit' }).waitFor();
  await page.goto('/administration?part=mandates');
  await page.getByRole('row', { name: /credit 500 kr late delivery Front line/ }).waitFor();
  await page.getByRole('button', { name: 'Calendars' }).click();
  await page.getByRole('heading', { name: 'sweden' }).waitFor();
  await page.getByText(/days? that differ/).click();
  await page.getByText('julafton').waitFor();
  await page.getByRole('button', { name: 'Health' }).click();
  await page.getByText('Everything runs as it should').waitFor();
  const { version } = await ask(page, '/v1/state');
  await page.locator('.figures').getByText(version, { exact: true }).waitFor();
});
