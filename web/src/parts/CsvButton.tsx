import { useWords } from '../frame/language';
import { useCopy } from './copy';
import { csvOf } from './csv';

/** Puts a table into the clipboard. */
export function CsvButton({ rows }: { rows: () => (string | number | null | undefined)[][] }) {
  const w = useWords();
  const put = useCopy();
  const copy = () => put(() => navigator.clipboard.writeText(csvOf(rows())), w('csv.copied'));
  return (
    <button type="button" className="quiet small no-print" onClick={() => void copy()}>
      {w('csv.copy')}
    </button>
  );
}
