import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { readCauses } from '../api/overview';

/** What came of what broke, in a period. */
export const useCauses = (from: string | undefined, to: string | undefined, isWanted = true) =>
  useQuery({
    queryKey: ['causes', from, to],
    queryFn: () => readCauses(from ?? '', to ?? ''),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    enabled: isWanted && from !== undefined && to !== undefined,
  });
