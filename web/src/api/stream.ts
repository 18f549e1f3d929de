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

/** Calls `hear` for each change as the server tells it. The browser itself comes back after a break. */
export function useStream(query: string, hear: (change: Change) => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(`/v1/stream${query}`);
    const tell = (kind: Change['kind']) => (event: MessageEvent<string>) =>
      hear({ ...JSON.parse(event.data), kind });
    source.onopen = () => setConnection('live');
    source.onerror = () => setConnection('away');
    source.addEventListener('verdict', tell('verdict'));
    source.addEventListener('warning', tell('warning'));
    // More was missed than is told: everything is read anew.
    source.addEventListener('reset', () => void client.invalidateQueries());
    return () => source.close();
  }, [query, hear, client]);
  return connection;
}
