'use client';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { AlertIcon } from '../ui/icons';

/** What holds for the whole page and what to do about it, in a bar above it. */
export function StatusBar({
  words,
  action,
  onAction,
}: {
  words: ReactNode;
  action: string;
  onAction: () => void;
}) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-warn-soft px-5 py-2 text-warn max-wide:px-3.5">
      <span className="flex gap-2">
        <AlertIcon size={16} aria-hidden className="mt-px shrink-0" />
        {words}
      </span>
      <Button className="text-text" onClick={onAction}>
        {action}
      </Button>
    </p>
  );
}
