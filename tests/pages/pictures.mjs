// Pictures of every page in both languages, light and dark, narrow and wide, into the folder pictures:
//   npm run pages:pictures [PART OF A NAME]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, signIn } from './browser.mjs';
import { Installation, SOURCE } from './installation.mjs';
import { PLACES, settle, walking } from './places.mjs';

const wanted = process.argv[2] ?? '';
const folder = join(SOURCE, 'pictures');
mkdirSync(folder, { recursive: true });
const installation = await new Installation({ customers: Number(process.env.CUSTOMERS ?? 3000) }).start();
const browser = await launch();
for (const language of ['sv', 'en']) {
  for (const theme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      const page = await open(browser, installation.url, { language, theme, width });
      await page.goto('/');
      const take = async (name) => {
        const file = `${name}-${language}-${theme}-${width}.png`;
        if (!file.includes(wanted)) return;
        const height = Math.min(1700, await page.evaluate(() => document.documentElement.scrollHeight));
        await page.setViewportSize({ width, height: Math.max(height, 700) });
        await page.screenshot({ path: join(folder, file) });
        await page.setViewportSize({ width, height: 900 });
      };
      await page.locator('form').waitFor();
      await take('sign-in');
      await signIn(page, 'everybody');
      const walker = walking(page);
      for (const place of PLACES) {
        if (!`${place.name}-${language}-${theme}-${width}.png`.includes(wanted)) continue;
        await place.go(walker);
        await settle(page);
        await take(place.name);
      }
      if (page.faults.length > 0) console.log(language, theme, width, page.faults);
      await page.context().close();
    }
  }
}
await browser.close();
await installation.remove();
