import { useLayoutEffect, useRef } from 'react';

/**
 * A dialog that is open as long as it is rendered. When it goes, the focus is back where it was; and
 * on the page's content where that is no longer there.
 */
export function useModalDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The dialog itself, so that its keys work and no button looks chosen.
    element?.focus();
    return () => {
      element?.close();
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body || element?.contains(activeElement)) {
        document.querySelector('main')?.focus();
      }
    };
  }, []);
  return dialog;
}
