// A page as it would be printed.

const PAPER = 703; // pixels between the margins of a sheet (A4)

/** What is wrong with the page at hand on paper, a line each; it must be whole, light, and without menus. Leaves the page as it was. */
export async function faultsOnPaper(page, colorScheme) {
  const window = page.viewportSize();
  await page.setViewportSize({ ...window, width: PAPER });
  await page.emulateMedia({ media: 'print', colorScheme });
  const found = await page.evaluate(async () => {
    // Why twice: what is measured when the width changes is drawn a frame later.
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    const seen = (it) => it.checkVisibility() && it.getBoundingClientRect().width > 0;
    const scale = Number(getComputedStyle(document.querySelector('.page') ?? document.body).zoom) || 1;
    const edge = document.documentElement.clientWidth / Math.min(scale, 1) + 1;
    const count = (what, is) => [...document.querySelectorAll(what)].filter(is).length;
    return {
      wide: document.documentElement.scrollWidth - innerWidth,
      menus: count('nav, .tools, .action, .mantine-Button-root', seen),
      ground: getComputedStyle(document.body).backgroundColor,
      hidden: count('.table-wrap', (it) => it.scrollWidth > edge),
    };
  });
  await page.emulateMedia({ media: 'screen', colorScheme });
  await page.setViewportSize(window);
  const wrong = [];
  if (found.wide > 0) wrong.push(`is ${found.wide} pixels too wide`);
  if (found.menus > 0) wrong.push(`shows ${found.menus} menus or buttons`);
  if (found.ground !== 'rgb(255, 255, 255)') wrong.push(`is ${found.ground}`);
  if (found.hidden > 0) wrong.push('cuts a table');
  return wrong.map((it) => `on paper ${it}`);
}
