'use client';
import type { ComponentProps } from 'react';
import { PlusIcon } from '../ui/icons';

/** Covers the page while files are dragged over it, and takes them; `useFileDrop` makes its props. */
export function DropOverlay({
  isDragged,
  zoneProps,
  label,
}: {
  isDragged: boolean;
  zoneProps: ComponentProps<'div'>;
  /** What becomes of what is dropped. */
  label: string;
}) {
  return (
    <div
      {...zoneProps}
      className={`fixed inset-0 z-50 bg-panel/80 p-4 backdrop-blur-sm ${isDragged ? 'grid' : 'hidden'}`}
    >
      <div className="pointer-events-none grid place-items-center rounded-large border-2 border-accent border-dashed">
        <p className="flex items-center gap-2 text-large font-semibold">
          <PlusIcon size={18} aria-hidden />
          {label}
        </p>
      </div>
    </div>
  );
}
