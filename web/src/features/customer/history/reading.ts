import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readPromised, readTimeline } from '../../../api/customers';
import { endOfDay } from '../../../parts/days';

/** How many events are read for the drawing without being asked for; the list reads on. */
const DRAWN = 1_000;

/** Her events, newest first, page after page. */
export function useEvents(customer: string, why: string) {
  const timeline = useInfiniteQuery({
    queryKey: ['timeline', customer],
    queryFn: ({ pageParam }) => readTimeline(customer, pageParam, why),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next_before ?? undefined,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = timeline;
  const read = data?.pages.reduce((sum, it) => sum + it.events.length, 0) ?? 0;
  const loadMore = hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && read > 0 && read < DRAWN) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, read, fetchNextPage]);
  return { timeline, loadMore };
}

/** What she was promised, as known at the end of a day; without one, as known now. */
export const usePromised = (customer: string, asOf: string | undefined, why: string) =>
  useQuery({
    queryKey: ['promised', customer, asOf],
    queryFn: () => readPromised(customer, asOf && new Date(endOfDay(asOf)).toISOString(), why),
    placeholderData: keepPreviousData,
  });
