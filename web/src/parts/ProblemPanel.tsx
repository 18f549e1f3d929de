import { Button } from '@mantine/core';
import { Problem, UNREACHABLE } from '../api/problem';
import { useWords } from '../frame/language';

/** What went wrong, in the server's own words, and the way on. */
export function ProblemPanel({ error, retry }: { error: Error; retry?: () => void }) {
  const w = useWords();
  const isAway = error instanceof Problem && error.status === UNREACHABLE;
  return (
    <div role="alert" className="problem">
      <p>{isAway ? w('problem.unreachable') : error.message}</p>
      {error instanceof Problem && error.parts.length > 1 && (
        <ul>
          {error.parts.map((it) => (
            <li key={it.pointer + it.detail}>{it.detail}</li>
          ))}
        </ul>
      )}
      {retry && (
        <Button variant="default" size="xs" onClick={retry}>
          {w('problem.again')}
        </Button>
      )}
    </div>
  );
}
