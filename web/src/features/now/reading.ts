import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readDue } from '../../api/overview';
import { readGap } from '../../api/promises';
import { type Change, type Connection, useStream } from '../../api/stream';
import { useFiguresAnew } from '../../parts/anew';
import { DAY_MS } from '../../parts/zone';

const MINUTE_MS = 60_000;
/** Changes may come in hundreds a second; the list is read anew at most so often. */
const CALM_MS = 2_000;

/** What nears its breach within so many hours. */
export const useDue = (hours: number, limit: number, isWanted = true) =>
  useQuery({
    queryKey: ['due', hours, limit],
    queryFn: () => readDue({ hours, limit }),
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MS,
    enabled: isWanted,
  });

/** The last few weeks before an instant, week by week. */
export const useGapByWeek = (through: string | null | undefined) =>
  useQuery({
    queryKey: ['gap', 'week', through],
    queryFn: () =>
      readGap({ each: 'week', from: new Date(Date.parse(through ?? '') - 42 * DAY_MS).toISOString() }),
    // Why: figures that move must not be gone meanwhile.
    placeholderData: keepPreviousData,
    staleTime: 5 * MINUTE_MS,
    enabled: Boolean(through),
  });

/** The newest changes as they happen; what nears its breach, and the figures, are then read anew. */
export function useLive(kept: number): { changes: Change[]; connection: Connection } {
  const client = useQueryClient();
  const figuresAnew = useFiguresAnew();
  const [changes, setChanges] = useState<Change[]>([]);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const hear = useCallback(
    (change: Change) => {
      setChanges((old) => [change, ...old].slice(0, kept));
      figuresAnew();
      waiting.current ??= setTimeout(() => {
        waiting.current = undefined;
        void client.invalidateQueries({ queryKey: ['due'] });
      }, CALM_MS);
    },
    [client, kept, figuresAnew],
  );
  const connection = useStream('', hear);
  return { changes, connection };
}
