import { useQuery } from '@tanstack/react-query';
import { readGap } from '../../api/promises';
import { readQuarters } from '../../api/quarters';
import { listRecords, OPEN_CASES, type RegisterLine } from '../../api/registers';
import { useCaller } from '../../api/session';
import { type Unit, useUnits } from '../../api/units';
import { useDefinition } from '../../parts/definitions';

/** The unit that I lead, where my role names one; else the whole house. */
export function useOwnUnit(): string {
  const { caller } = useCaller();
  const units: Unit[] = useUnits();
  const own = caller?.roles.find((it) => it.role === 'leader' && it.unit !== '*')?.unit;
  return own ?? units.find((it) => it.parent === null)?.id ?? units[0]?.id ?? '';
}

/** My guesses, about one unit. */
export function useGuesses(unit: string) {
  const { caller } = useCaller();
  return useQuery({
    queryKey: ['records', 'guess', caller?.login, unit],
    queryFn: () => listRecords('guess', { creator: caller?.login, unit, limit: 100 }),
    select: (it) => it.records,
    enabled: Boolean(caller && unit),
  });
}

/** What was measured. Not asked for until a guess is shown. */
export const useQuarters = (unit: string, isWanted: boolean) =>
  useQuery({
    queryKey: ['quarters', unit],
    queryFn: () => readQuarters(unit),
    select: (it) => it.quarters,
    enabled: isWanted,
    staleTime: 300_000,
  });

export const useGapOfQuarters = () =>
  useQuery({
    queryKey: ['gap', 'quarter'],
    queryFn: () => readGap({ each: 'quarter' }),
    staleTime: 300_000,
  });

/** The newest of mine in a register that is done; empty where there is none. */
export function useLastDone(register: 'walk' | 'meeting', state: string, field: string) {
  const { caller } = useCaller();
  return useQuery({
    queryKey: ['records', register, 'mine', state],
    queryFn: () => listRecords(register, { owner: caller?.login, state: [state], limit: 200 }),
    enabled: Boolean(caller),
    select: ({ records }) =>
      records
        .map((it) => it.values[field])
        .filter((it): it is string => typeof it === 'string')
        .sort()
        .at(-1) ?? '',
  });
}

/** Cases that I own, and everything of those who could not help, which leaders answer; the first due first. */
export function useOwed() {
  const { caller } = useCaller();
  const blockedHelp = useDefinition('blocked-help');
  const unanswered = blockedHelp?.states.filter((it) => it.owes).map((it) => it.id) ?? [];
  return useQuery({
    queryKey: ['records', 'owed', caller?.login],
    queryFn: async () => {
      const [cases, blocked] = await Promise.all([
        listRecords('case', {
          owner: caller?.login,
          state: OPEN_CASES,
          order: 'due',
          limit: 50,
        }),
        listRecords('blocked-help', { state: unanswered, order: 'due', limit: 50 }),
      ]);
      return [...cases.records, ...blocked.records];
    },
    enabled: Boolean(caller && blockedHelp),
    select: (records): RegisterLine[] =>
      records.toSorted((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9')),
  });
}

/** What customers say that we promised, in whoever's words the record's title has. */
export const useClaimed = () =>
  useQuery({
    queryKey: ['records', 'commitment', 'claimed'],
    queryFn: () => listRecords('commitment', { limit: 200 }),
    select: ({ records }) => records.filter((it) => it.values.claimed === true && it.title),
  });
