import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemPanel } from './ProblemPanel';

/** What the server answered; its outline until then, and what went wrong where it did not. "None" is said by an answer alone. */
export function Asked<T>(props: {
  query: UseQueryResult<T>;
  height?: number;
  children: (data: NonNullable<T>) => ReactNode;
}) {
  const { data, error, isSuccess, refetch } = props.query;
  if (data !== undefined && data !== null) return <>{props.children(data)}</>;
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  return isSuccess ? null : <Skeleton height={props.height ?? 80} aria-busy="true" />;
}
