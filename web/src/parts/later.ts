import { tell } from './notices';

const WAITS_MS = 8_000;

const waiting = new Set<() => Promise<void>>();

/** Does at once what still waits to be undone: whoever leaves has decided. */
export async function doWaiting(): Promise<void> {
  await Promise.all([...waiting].map((it) => it()));
}

// The page is closed, loaded anew or left for another; `act` must outlive it.
const leave = () => void doWaiting();

/**
 * Does what cannot be taken back a little later, so that it can be undone until then; at once where the page is left
 * before that. `act` asks with `outlivesPage`.
 */
export function doLater(text: string, act: () => Promise<unknown>, undone: () => void): void {
  const now = async () => {
    end();
    try {
      await act();
    } catch (error) {
      undone();
      tell({ text: (error as Error).message });
    }
  };
  const timer = setTimeout(() => void now(), WAITS_MS);
  const end = () => {
    clearTimeout(timer);
    waiting.delete(now);
  };
  waiting.add(now);
  window.addEventListener('pagehide', leave);
  tell({
    text,
    undo: async () => {
      if (!waiting.has(now)) return;
      end();
      undone();
    },
    staysMs: WAITS_MS - 300,
  });
}
