import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, carry } from './ask';
import type { Permission } from './permissions';

export interface Caller {
  kind: 'nobody' | 'person' | 'key' | 'operator';
  login: string;
  name: string;
  roles: { role: string; unit: string }[];
  permissions: Permission[];
}

interface Session {
  caller: Caller;
  csrf: string | null;
}

const KEY = ['session'];

async function read(question: Promise<Session>): Promise<Session> {
  const session = await question;
  carry({ csrf: session.csrf ?? '' });
  return session;
}

/** Who I am and what I may; `undefined` until the server has said so. */
export function useCaller(): { caller: Caller | undefined; error: Error | null } {
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: () => read(ask<Session>('/v1/session')),
    staleTime: 60_000,
  });
  return { caller: data?.caller, error };
}

export function useMay(): (permission: Permission) => boolean {
  const { caller } = useCaller();
  return (permission) => caller?.permissions.includes(permission) ?? false;
}

/** Coming in and going out. Whatever was read for somebody else is forgotten. */
export function useDoor() {
  const client = useQueryClient();
  // The session itself stays: whoever shows it sees it change.
  const forget = () => client.removeQueries({ predicate: (it) => it.queryKey[0] !== KEY[0] });
  const enter = async (path: string, body: Record<string, string>) => {
    const session = await read(ask<Session>(path, { method: 'POST', body }));
    forget();
    client.setQueryData(KEY, session);
  };
  return {
    signIn: (login: string, password: string) => enter('/v1/session', { login, password }),
    claim: (person: { token: string; login: string; name: string; password: string }) =>
      enter('/v1/setup', person),
    signOut: async () => {
      await ask('/v1/session', { method: 'DELETE' });
      forget();
      await client.invalidateQueries({ queryKey: KEY });
    },
  };
}
