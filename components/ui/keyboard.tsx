import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

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

/** Whether a modal dialog is open in front of the page. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal') !== null;
}

const textFields = 'input:not([type=radio], [type=checkbox], [type=range]), textarea, select';

/** Whether keys and the clipboard go into what an event has happened at. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches(textFields);
}

/**
 * Runs an action at Ctrl+Enter or ⌘+Enter, once for each time it is pressed, wherever the focus is, unless what has
 * it has taken the key.
 */
export function useCommandEnter(action: () => void): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      // A key held down, or an input method at work, must not order pictures.
      if (event.defaultPrevented || event.repeat || event.isComposing || isDialogOpen()) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** Has Enter press a button once, however long it is held down. For the frame of a page. */
export function usePressOnce(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.repeat) return;
      // A button's click does not tell a repeat: a key held down would order thirty pictures a second.
      if (event.target instanceof HTMLButtonElement) event.preventDefault();
    };
    // Dialogs keep their keys to themselves.
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

/** The key that makes shortcuts of Enter, as this computer's keyboard names it. */
export function useCommandKey(): string {
  const isCommand = useSyncExternalStore(neverChanges, usesCommandKey, () => false);
  return isCommand ? '⌘' : 'Ctrl';
}

const neverChanges = () => () => {};

/** Whether this is a Mac's keyboard, whose ⌥ with an arrow moves the caret. In the browser only. */
export function usesCommandKey(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Keys as caps. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded-[4px] border border-current px-1 text-center font-sans text-small leading-[17px]"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
