import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Gives an element the focus when what had it in there has gone, so that it is never lost. */
export function useKeepFocus(element: RefObject<HTMLElement | null>) {
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    if (!hasFocus.current || document.activeElement !== document.body) return;
    element.current?.focus({ preventScroll: true });
  });
  return {
    onFocus: () => {
      hasFocus.current = true;
    },
    // Not heard when what has the focus goes, which is how that is told apart.
    onBlur: () => {
      hasFocus.current = false;
    },
  };
}
