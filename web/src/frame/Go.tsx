import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link to a page of ours. `className` "plain" takes the look of what it stands in. */
export function Go(props: {
  to: string;
  view?: Record<string, string | undefined>;
  className?: string;
  onClick?: () => void;
  children: ReactNode;
}) {
  const { to, view, className, onClick, children } = props;
  const search = Object.fromEntries(Object.entries(view ?? {}).filter(([, value]) => value));
  return (
    <Link to={to as never} search={search as never} className={className ?? 'link'} onClick={onClick}>
      {children}
    </Link>
  );
}
