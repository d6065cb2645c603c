import { useEffect, useEffectEvent } from 'react';
import { isDialogOpen } from '../ui/use-shortcut';

/** Runs an action at Ctrl+Enter or ⌘+Enter, wherever the focus is, once for each time it is pressed. */
export function useCommandEnter(action: () => void): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      // A key held down, or an input method at work, must not order pictures.
      if (event.repeat || event.isComposing || isDialogOpen()) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
