import type { ReactNode } from 'react';

/** Nothing here yet, and what to do about it. */
export function EmptyState(props: { title: string; text?: string; children?: ReactNode }) {
  return (
    <section className="empty">
      <h2>{props.title}</h2>
      {props.text && <p>{props.text}</p>}
      {props.children}
    </section>
  );
}
