import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { VerdictName } from './customers';

export interface Change {
  kind: 'verdict' | 'warning';
  at: string;
  promise: string;
  title: string;
  unit: string;
  customer: string;
  instance: string;
  due: string | null;
  before: VerdictName | null;
  after: VerdictName | null;
  cause: string;
}

export type Connection = 'connecting' | 'live' | 'away';

const AGAIN_MS = 1_000;
const AGAIN_AT_MOST_MS = 30_000;

/** Calls `hear` for each change as the server tells it. After a break the browser itself comes back, and this where the browser gives up:
 *  at an answer that is no stream (503, a proxy without a server). */
export function useStream(query: string, hear: (change: Change) => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const client = useQueryClient();
  useEffect(() => {
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    const tell = (kind: Change['kind']) => (event: MessageEvent<string>) =>
      hear({ ...JSON.parse(event.data), kind });
    // More was missed than is told: everything is read anew.
    const readAnew = () => void client.invalidateQueries();
    const open = () => {
      source = new EventSource(`/v1/stream${query}`);
      source.onopen = () => {
        setConnection('live');
        if (tries > 0) readAnew();
        tries = 0;
      };
      source.onerror = () => {
        setConnection('away');
        if (source.readyState !== EventSource.CLOSED) return;
        again = setTimeout(open, Math.min(AGAIN_MS * 2 ** tries, AGAIN_AT_MOST_MS));
        tries += 1;
      };
      source.addEventListener('verdict', tell('verdict'));
      source.addEventListener('warning', tell('warning'));
      source.addEventListener('reset', readAnew);
    };
    open();
    return () => {
      clearTimeout(again);
      source.close();
    };
  }, [query, hear, client]);
  return connection;
}
