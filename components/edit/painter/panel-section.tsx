import type { ReactNode } from 'react';
import { ChevronRightIcon } from '../../ui/icons';

/** A part of the mask's panel that is opened when it is needed. */
export function PanelSection({
  title,
  onToggle,
  children,
}: {
  title: string;
  onToggle?: (isOpen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <details
      className="group rounded-small border border-line"
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
    >
      <summary className="flex items-center gap-1 rounded-small px-2 py-1.5 text-small hover:bg-sunken">
        <ChevronRightIcon
          size={14}
          aria-hidden
          className="text-muted transition-transform group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="flex flex-col gap-2 px-2.5 pt-1 pb-2.5 text-small">{children}</div>
    </details>
  );
}
