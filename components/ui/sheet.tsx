'use client';
import { type PointerEvent, type ReactNode, type Ref, useId } from 'react';
import { CloseButton } from './button';

interface SheetProps {
  title: string;
  closeLabel: string;
  /** Called for every way of closing. */
  onClose?: () => void;
  isWide?: boolean;
  children: ReactNode;
}

/** A modal sheet: the native dialog brings the focus trap, Escape and the way back. */
export function Sheet({
  ref,
  title,
  closeLabel,
  onClose,
  isWide = false,
  children,
}: SheetProps & { ref: Ref<HTMLDialogElement> }) {
  const titleId = useId();
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onPointerDown={closeAtBackdrop}
      // They are not for what it stands in, such as the viewer.
      onKeyDown={(event) => event.stopPropagation()}
      className={`${isWide ? 'w-[min(820px,calc(100vw-32px))]' : 'w-[min(440px,calc(100vw-32px))]'} rounded-large border border-line bg-panel p-0 text-text shadow-floating backdrop:bg-black/40 open:animate-appear`}
    >
      <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
        <h2 id={titleId} className="text-large font-semibold">
          {title}
        </h2>
        <CloseButton label={closeLabel} />
      </div>
      <div className="p-4">{children}</div>
    </dialog>
  );
}

/** A sheet that is open as long as it is rendered. */
export function OpenSheet({ onClose, ...rest }: SheetProps & { onClose: () => void }) {
  return (
    <Sheet
      {...rest}
      ref={(dialog) => {
        if (dialog && !dialog.open) dialog.showModal();
      }}
      onClose={onClose}
    />
  );
}

/** Closes a modal dialog at a press beside it, which happens at the dialog itself. */
export function closeAtBackdrop({ target, currentTarget }: PointerEvent<HTMLDialogElement>): void {
  if (target === currentTarget) currentTarget.close();
}
