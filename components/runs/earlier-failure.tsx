'use client';
import type { ReactNode } from 'react';
import type { RunFailure } from '@/lib/core/runs/run-failure';
import { useFailureWords } from '../controls/failure-notice';
import { AlertIcon, ChevronRightIcon } from '../ui/icons';

/** A failure's title, which opens the rest; where that is open already, the rest alone. */
export function EarlierFailure({
  trouble,
  isOpen,
  children,
}: {
  trouble: RunFailure;
  isOpen: boolean;
  children: ReactNode;
}) {
  const { title } = useFailureWords(trouble);
  if (isOpen) return children;
  return (
    <details className="group/earlier">
      <summary className="flex items-center gap-2 rounded-small text-muted hover:text-text">
        <AlertIcon size={15} aria-hidden className="shrink-0 text-error" />
        <span className="min-w-0 truncate">{title}</span>
        <ChevronRightIcon size={13} aria-hidden className="shrink-0 group-open/earlier:rotate-90" />
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
