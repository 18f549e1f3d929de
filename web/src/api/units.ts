import { useQuery } from '@tanstack/react-query';
import { ask } from './ask';
import { useCaller } from './session';

export interface Unit {
  id: string;
  name: string;
  parent: string | null;
}

const NONE: Unit[] = [];

function useUnitsQuery() {
  const isIn = useCaller().caller?.kind === 'person';
  return useQuery({
    queryKey: ['units'],
    queryFn: () => ask<{ units: Unit[] }>('/v1/units'),
    enabled: isIn,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const useUnits = (): Unit[] => useUnitsQuery().data?.units ?? NONE;

/** The first of these that the installation knows; a record may name no other. Where none is declared, any goes. */
export function useKnownUnit(): (...ids: (string | null | undefined)[]) => string {
  const units = useUnits();
  return (...ids) => ids.find((id) => id && (units.length === 0 || units.some((it) => it.id === id))) ?? '';
}

const NOT_YET = '\u00a0';

/** The name of a unit as people read it; the id where the installation has given it none. Until the names are there,
 *  nothing: an id that becomes a name under one's eyes is read twice. */
export function useUnitName(): (id: string | null | undefined) => string {
  const { data, isLoading } = useUnitsQuery();
  return (id) => {
    if (!id) return '–';
    return data?.units.find((it) => it.id === id)?.name ?? (isLoading ? NOT_YET : id);
  };
}
