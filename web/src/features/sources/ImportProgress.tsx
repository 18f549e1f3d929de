import { useQuery } from '@tanstack/react-query';
import { readSteps } from '../../api/imports';
import { useWords } from '../../frame/language';
import { useFigures } from '../../parts/times';

const ASK_MS = 400;

/** How far the import is, as the server tells it: rows read, rows stored of them, then all are judged anew. */
export function ImportProgress({ upload }: { upload: string }) {
  const w = useWords();
  const { count } = useFigures();
  const { data } = useQuery({
    queryKey: ['import-steps', upload],
    queryFn: ({ signal }) => readSteps(upload, signal),
    refetchInterval: ASK_MS,
    gcTime: 0,
    retry: false,
  });
  const step = data?.step ?? 'none';
  const isStoring = step === 'storing' && data && data.read > 0;
  const said = w(`import.step.${step}`, {
    read: count(data?.read ?? 0),
    stored: count(data?.stored ?? 0),
  });
  return (
    <label className="drop-progress">
      <span className="tabular">{said}</span>
      {/* Without a value it says that it goes on, and not how far. */}
      <progress {...(isStoring ? { value: data.stored, max: data.read } : {})} />
    </label>
  );
}
