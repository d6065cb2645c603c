import { useEffect, useEffectEvent } from 'react';

/** Runs an action when a single key is pressed; never while somebody types, nor over a dialog. */
export function useShortcut(key: string, action: () => void): void {
  useShortcuts((event) => {
    if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return false;
    action();
    return true;
  });
}

/**
 * The same for several keys, with whatever is held down beside them. `act` tells whether a key was
 * one of its own: nothing else happens for that one.
 */
export function useShortcuts(act: (event: KeyboardEvent) => boolean): void {
  const run = useEffectEvent(act);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTextField(event.target) || isDialogOpen()) return;
      if (run(event)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** Whether something is open in front of the page: a modal dialog, or a list that popped up. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal, [popover]:popover-open') !== null;
}

const textFields = 'input:not([type=radio], [type=checkbox], [type=range]), textarea, select';

/** Whether keys and the clipboard go into what an event has happened at. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches(textFields);
}
