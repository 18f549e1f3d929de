import { useQuery } from '@tanstack/react-query';
import { ask } from './ask';
import { useCaller } from './session';

export interface Unit {
  id: string;
  name: string;
  parent: string | null;
}

const NONE: Unit[] = [];

export function useUnits(): Unit[] {
  const isIn = useCaller().caller?.kind === 'person';
  const { data } = useQuery({
    queryKey: ['units'],
    queryFn: () => ask<{ units: Unit[] }>('/v1/units'),
    enabled: isIn,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.units ?? NONE;
}

/** The first of these that the installation knows; a record may name no other. Where none is declared, any goes. */
export function useKnownUnit(): (...ids: (string | null | undefined)[]) => string {
  const units = useUnits();
  return (...ids) => ids.find((id) => id && (units.length === 0 || units.some((it) => it.id === id))) ?? '';
}

/** The name of a unit as people read it; the id where the installation has given it none. */
export function useUnitName(): (id: string | null | undefined) => string {
  const units = useUnits();
  return (id) => (id ? (units.find((it) => it.id === id)?.name ?? id) : '–');
}
