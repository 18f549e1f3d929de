import { useWords } from '../frame/language';
import { csvOf } from './csv';
import { tell } from './notices';

/** Puts a table into the clipboard. */
export function CsvButton({ rows }: { rows: () => (string | number | null | undefined)[][] }) {
  const w = useWords();
  const copy = async () => {
    await navigator.clipboard.writeText(csvOf(rows()));
    tell({ text: w('csv.copied') });
  };
  return (
    <button type="button" className="quiet small no-print" onClick={() => void copy()}>
      {w('csv.copy')}
    </button>
  );
}
