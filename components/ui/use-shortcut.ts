import { useEffect, useEffectEvent } from 'react';

/** Runs an action when a single key is pressed; never while somebody types, nor over a dialog. */
export function useShortcut(key: string, action: () => void): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isTextField(event.target) || isDialogOpen()) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key]);
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
