// Pictures of every page in both languages, light and dark, narrow and wide, into the folder pictures:
//   npm run pages:pictures [PART OF A NAME]
// or those of README, into docs/pictures:
//   npm run pages:pictures -- --readme
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, signIn } from './browser.mjs';
import { Installation, SOURCE } from './installation.mjs';
import { PLACES, settle, walking } from './places.mjs';

const README = ['customer', 'now', 'cause-4', 'promise'];
const isReadme = process.argv[2] === '--readme';
const wanted = isReadme ? '' : (process.argv[2] ?? '');
const folder = isReadme ? join(SOURCE, 'docs', 'pictures') : join(SOURCE, 'pictures');
const LOOKS = isReadme
  ? [['en', 'light', 1280]]
  : ['sv', 'en'].flatMap((language) =>
      ['light', 'dark'].flatMap((theme) => [360, 1280].map((width) => [language, theme, width])),
    );
mkdirSync(folder, { recursive: true });
const installation = await new Installation({ customers: Number(process.env.CUSTOMERS ?? 3000) }).start();
const browser = await launch();
for (const [language, theme, width] of LOOKS) {
  const page = await open(browser, installation.url, { language, theme, width });
  const fileOf = (name) => (isReadme ? `${name}.png` : `${name}-${language}-${theme}-${width}.png`);
  const isWanted = (name) => (isReadme ? README.includes(name) : fileOf(name).includes(wanted));
  const take = async (name) => {
    const height = isReadme
      ? 860
      : Math.min(1700, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.setViewportSize({ width, height: Math.max(height, 700) });
    await page.screenshot({ path: join(folder, fileOf(name)) });
    await page.setViewportSize({ width, height: 900 });
  };
  await page.goto('/');
  await page.locator('form').waitFor();
  if (isWanted('sign-in')) await take('sign-in');
  await signIn(page, 'everybody');
  const walker = walking(page);
  for (const place of PLACES.filter((it) => isWanted(it.name))) {
    await place.go(walker);
    await settle(page);
    await take(place.name);
  }
  if (page.faults.length > 0) console.log(language, theme, width, page.faults);
  await page.context().close();
}
await browser.close();
await installation.remove();
