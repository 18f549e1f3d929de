import { useWords } from '../frame/language';
import { tell } from './notices';

/** Puts something into the clipboard and says so; where the browser does not let it, what to do. */
export function useCopy(): (put: () => Promise<void>, done: string) => Promise<void> {
  const w = useWords();
  return async (put, done) => {
    try {
      await put();
      tell({ text: done });
    } catch {
      tell({ text: w('copy.refused') });
    }
  };
}
