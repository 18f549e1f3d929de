import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { listPromises, readGap } from '../api/promises';
import type { Weights } from './months';

const MINUTE_MS = 60_000;

export const usePromises = () =>
  useQuery({ queryKey: ['promises'], queryFn: listPromises, select: (it) => it.promises });

/** The whole gap by month. The server evaluates all of history for it, so it is kept a while. */
export const useGapByMonth = (isWanted = true) =>
  useQuery({
    queryKey: ['gap', 'month'],
    queryFn: () => readGap({ each: 'month' }),
    staleTime: 5 * MINUTE_MS,
    gcTime: 30 * MINUTE_MS,
    enabled: isWanted,
  });

/** What each promise means to the customer (`weight` in its text; 1 until it is known). */
export function useWeights(): Weights {
  const { data } = usePromises();
  return useCallback((id) => data?.find((it) => it.id === id)?.weight ?? 1, [data]);
}
