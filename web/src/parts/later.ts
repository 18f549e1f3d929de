import { tell } from './notices';

const WAITS_MS = 8_000;

/**
 * Does what cannot be taken back a little later, so that it can be undone until then. Where the page is left before
 * that, nothing is done.
 */
export function doLater(text: string, act: () => Promise<unknown>, undone: () => void): void {
  const timer = setTimeout(() => {
    act().catch((error: Error) => {
      undone();
      tell({ text: error.message });
    });
  }, WAITS_MS);
  tell({
    text,
    undo: async () => {
      clearTimeout(timer);
      undone();
    },
    staysMs: WAITS_MS - 300,
  });
}
