import { useQuery } from '@tanstack/react-query';
import { listRecords, OPEN_CASES } from '../../api/registers';
import { useCaller } from '../../api/session';

/** Cases that somebody still owes an answer to, the first due first. */
export const useOpenCases = (unit: string | undefined) =>
  useQuery({
    queryKey: ['records', 'case', 'open', unit],
    queryFn: () => listRecords('case', { unit, state: OPEN_CASES, order: 'due', limit: 200 }),
    select: (it) => it.records,
  });

/** Open cases of others whose answer this unit waits for. */
export const useCasesFor = (unit: string) =>
  useQuery({
    queryKey: ['records', 'case', 'open for', unit],
    queryFn: () => listRecords('case', { for_unit: unit, state: OPEN_CASES, order: 'due', limit: 200 }),
    select: (it) => it.records.filter((one) => one.unit !== unit),
  });

/** Cases that I asked for and that have no answer yet. */
export function useAskedCases() {
  const { caller } = useCaller();
  return useQuery({
    queryKey: ['records', 'case', 'asked', caller?.login],
    queryFn: () =>
      listRecords('case', { creator: caller?.login, state: OPEN_CASES, order: 'due', limit: 100 }),
    select: (it) => it.records,
    enabled: Boolean(caller),
  });
}

export const useOpenCommitments = (unit: string) =>
  useQuery({
    queryKey: ['records', 'commitment', 'open', unit],
    queryFn: () =>
      listRecords('commitment', { unit, state: ['given', 'confirmed'], order: 'due', limit: 100 }),
    select: (it) => it.records,
  });
