import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type Definition, listDefinitions, type Named } from '../api/registers';
import { useLanguage } from '../frame/language';

const NONE: Definition[] = [];

/** What registers there are, with fields, states and moves. */
export function useDefinitions(): { definitions: Definition[]; error: Error | null; isLoading: boolean } {
  const { data, error, isLoading } = useQuery({
    queryKey: ['definitions'],
    queryFn: listDefinitions,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { definitions: data?.registers ?? NONE, error, isLoading };
}

export function useDefinition(id: string | undefined): Definition | undefined {
  return useDefinitions().definitions.find((it) => it.id === id);
}

/** A name of a definition in the chosen language. */
export function useNamed(): (name: Named | null | undefined) => string {
  const { language } = useLanguage();
  return useCallback((name) => name?.[language] ?? '', [language]);
}
