import { EmptyState } from '../parts/EmptyState';
import { Go } from './Go';
import { useWords } from './language';

export function NotFound() {
  const w = useWords();
  return (
    <EmptyState title={w('frame.not-found')} text={w('frame.not-found.text')}>
      <Go to="/">{w('frame.to-start')}</Go>
    </EmptyState>
  );
}
