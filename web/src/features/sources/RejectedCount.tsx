import type { Import } from '../../api/imports';
import { useMay } from '../../api/session';
import { Go } from '../../frame/Go';
import { useWords } from '../../frame/language';
import { useFigures } from '../../parts/times';

/** How many rows of a file could not be used, and the way to them. */
export function RejectedCount({ of }: { of: Import }) {
  const w = useWords();
  const may = useMay();
  const { count } = useFigures();
  if (of.rejected === 0 || of.removed || !may('rejects.read')) return count(of.rejected);
  return (
    <Go to={`/sources/import/${of.number}/rejects`}>
      {count(of.rejected)} <span className="unseen">{w('rows.title', { file: of.file })}</span>
    </Go>
  );
}
