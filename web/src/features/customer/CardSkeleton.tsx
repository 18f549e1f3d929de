import { Skeleton } from '@mantine/core';

/** The card's outline, so that nothing jumps when it comes. */
export function CardSkeleton() {
  return (
    <div className="stack" aria-busy="true">
      <Skeleton height={64} />
      <Skeleton height={92} />
      <div className="card-columns">
        <Skeleton height={420} />
        <Skeleton height={420} />
      </div>
    </div>
  );
}
