'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

const mark = 'dialog';

/**
 * Lets the browser's Back close a dialog instead of leaving the page. An open dialog has an entry of its
 * own in the browser's history. A dialog that is closed in another way leaves its entry: to go back at
 * that moment would undo a navigation that has just begun. Back skips it later; what
 * leads to another address is Forward, and is not skipped.
 */
export function BackClosesDialogs() {
  const path = usePathname();
  /** Whether the entry that a pop leaves is a dialog's. */
  const isOnEntry = useRef(false);
  const address = useRef('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a navigation has made a new entry
  useEffect(() => {
    isOnEntry.current = isMarked();
    address.current = here();
  }, [path]);
  useEffect(() => {
    const enter = () => {
      if (!isMarked()) window.history.pushState({ [mark]: true }, '');
      isOnEntry.current = true;
      address.current = here();
    };
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ target }) => target instanceof HTMLDialogElement && target.open)) enter();
    });
    observer.observe(document.body, { subtree: true, attributeFilter: ['open'] });
    const onPop = () => {
      const wasOnEntry = isOnEntry.current && address.current === here();
      isOnEntry.current = isMarked();
      address.current = here();
      const open = [...document.querySelectorAll<HTMLDialogElement>('dialog:modal')];
      open.at(-1)?.close();
      if (open.length > 1) enter();
      else if (open.length === 0 && wasOnEntry && !isOnEntry.current) window.history.back();
    };
    window.addEventListener('popstate', onPop);
    return () => {
      observer.disconnect();
      window.removeEventListener('popstate', onPop);
    };
  }, []);
  return null;
}

// Pages write what is seen of them behind `#`.
const here = () => `${location.pathname}${location.search}`;

const isMarked = () => Boolean((window.history.state as Record<string, unknown> | null)?.[mark]);
