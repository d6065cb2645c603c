import type { ReactNode } from 'react';

/** A small fact in a rounded frame. */
export function Chip({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border border-rim px-2 py-0.5 font-mono text-small text-muted">
      {children}
    </span>
  );
}
