// What axe finds on a page.
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is against the rules of WCAG 2.2 AA or of good practice, a line each. axe is put into a document once, and runs
 *  in the page itself: no page has frames, for which it would need a blank page beside. */
export async function findings(page) {
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    if (document.querySelector('iframe, frame')) return ['a frame, into which axe does not look'];
    const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] };
    const found = await window.axe.run(document, options);
    return found.violations.flatMap((it) =>
      it.nodes.map((node) => `${it.id}: ${node.target} ${node.failureSummary}`),
    );
  }, TAGS);
}
