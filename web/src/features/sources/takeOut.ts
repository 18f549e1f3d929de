import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Import, removeImport } from '../../api/imports';
import { useWords } from '../../frame/language';
import { tell } from '../../parts/notices';

/** Takes a file's events back out. The file itself is with whoever imported it and can come in again. */
export function useTakeOut() {
  const w = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (it: Import) => removeImport(it.number),
    onSuccess: async (it) => {
      tell({ text: w('import.out', { file: it.file }) });
      await client.invalidateQueries();
    },
  });
}
