import { useWords } from '../frame/language';
import { tell } from './notices';

/** Puts something into the clipboard and says so; where the browser does not let it, what to do. */
export function useCopy(): (put: () => Promise<void>, done: string) => Promise<void> {
  const w = useWords();
  return async (put, done) => {
    try {
      await put();
      tell({ text: done });
    } catch (error) {
      // Without a secure address there is no clipboard at all.
      const isRefused =
        !navigator.clipboard || (error instanceof DOMException && error.name === 'NotAllowedError');
      tell({ text: isRefused ? w('copy.refused') : w('copy.failed', { why: (error as Error).message }) });
    }
  };
}
