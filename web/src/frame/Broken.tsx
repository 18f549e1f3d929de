import { ProblemPanel } from '../parts/ProblemPanel';

/** A page that could not be shown: its file did not come, or it failed. Loading anew mends both. */
export function Broken({ error }: { error: unknown }) {
  const known = error instanceof Error ? error : new Error(String(error));
  return <ProblemPanel error={known} retry={() => window.location.reload()} />;
}
