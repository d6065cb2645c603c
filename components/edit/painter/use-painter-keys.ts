import { useEffect } from 'react';
import type { MaskSession } from '@/lib/client/stores/mask-session';
import { useShortcuts } from '../../ui/use-shortcut';
import { painterKey } from './painter-key';

const pressable = 'a, button, summary, input, select, textarea';

/** The keys of the painter, as long as it is on the page. */
export function usePainterKeys(session: MaskSession): void {
  useShortcuts((event) => {
    const action = painterKey(event);
    const stage = session.stage();
    if (!action || !stage) return false;
    if (action.type === 'painter') session.dispatch(action.event);
    else if (action.type === 'step') stage.step(action.direction);
    else if (action.type === 'whole') stage.showWhole();
    else if (action.type === 'real') stage.zoomTo(1);
    else if (isPressable(event.target)) return false;
    else stage.setMoving(true);
    return true;
  });
  useEffect(() => {
    const release = (event: KeyboardEvent) => {
      if (event.key === ' ') session.stage()?.setMoving(false);
    };
    document.addEventListener('keyup', release);
    return () => document.removeEventListener('keyup', release);
  }, [session]);
}

/** Whether the space bar presses what has the focus. What was clicked only has it by the way. */
function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches(pressable) && target.matches(':focus-visible')
  );
}
