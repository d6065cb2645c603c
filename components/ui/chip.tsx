import type { ReactNode } from 'react';

/** A small fact in a rounded frame. */
export function Chip({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border border-rim px-2 py-0.5 text-small text-muted">
      {children}
    </span>
  );
}

/** The look of a small quiet button in a rounded frame. */
export const chipButton =
  'inline-flex items-center gap-1 whitespace-nowrap rounded-full border border-line bg-raised px-2 py-0.5 text-small text-muted transition-colors hover:border-line-strong hover:text-text';
