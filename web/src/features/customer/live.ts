import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useStream } from '../../api/stream';

const SETTLES_MS = 300;
const SHOWING_HER = ['card', 'timeline', 'promised'];

/** Her card is read anew in the moment a promise to her changes; once for several that change together. */
export function useLiveCard(customer: string): void {
  const client = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hear = useCallback(() => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      for (const it of SHOWING_HER) void client.invalidateQueries({ queryKey: [it, customer] });
    }, SETTLES_MS);
  }, [client, customer]);
  useEffect(() => () => clearTimeout(waiting.current), []);
  useStream(`?customer=${encodeURIComponent(customer)}`, hear);
}
