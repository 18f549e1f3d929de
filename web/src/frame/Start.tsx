import { Navigate } from '@tanstack/react-router';
import { useMay } from '../api/session';
import { pages } from '../features/pages';
import { EmptyState } from '../parts/EmptyState';
import { useWords } from './language';

/** Leads on to the first page that this person may see. */
export function Start() {
  const may = useMay();
  const w = useWords();
  const first = pages.find((it) => may(it.needs));
  if (first) return <Navigate to={first.path as never} replace />;
  return <EmptyState title={w('frame.nothing-for-you')} text={w('frame.nothing-for-you.text')} />;
}
