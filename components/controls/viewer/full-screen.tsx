import { type ComponentProps, useLayoutEffect, useRef } from 'react';

/**
 * A modal dialog over the whole window, open as long as it is rendered. Afterwards the focus returns
 * to where it was, or to the page's content where that element is gone.
 */
export function FullScreen({
  onClose,
  ...rest
}: Omit<ComponentProps<'dialog'>, 'ref' | 'onClose'> & { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Focus goes to the dialog itself, so that its keys work and no button looks chosen.
    element?.focus();
    return () => {
      element?.close();
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body || element?.contains(activeElement)) {
        document.querySelector('main')?.focus();
      }
    };
  }, []);
  useLayoutEffect(() => {
    // A button that has gone would take the focus, and with it the keys, out of the dialog.
    if (document.activeElement === document.body) dialog.current?.focus();
  });
  return (
    <dialog
      {...rest}
      ref={dialog}
      tabIndex={-1}
      // React's strict mode closes the dialog and opens it again: that is no close by the visitor.
      onClose={({ currentTarget }) => !currentTarget.open && onClose()}
      className="m-0 size-full max-h-none max-w-none flex-col overscroll-contain bg-[#0b0b0b] p-0 text-text always-dark outline-none backdrop:bg-black open:flex open:animate-appear"
    />
  );
}
