import { useEffect, useRef } from 'react';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { useShortcuts } from '../../ui/keyboard';
import { painterKey } from './painter-key';

const pressable = 'a, button, summary, input, select';

/** The keys of the painter, as long as it is on the page. */
export function usePainterKeys(session: MaskSession): void {
  const isHeld = useRef(false);
  const wasTabbed = useRef(false);
  useShortcuts((event) => {
    const action = painterKey(event);
    const stage = session.stage();
    if (!action || !stage) return false;
    if (action.type === 'painter') session.dispatch(action.event);
    else if (action.type === 'step') stage.step(action.direction);
    else if (action.type === 'whole') stage.showWhole();
    else if (action.type === 'real') stage.zoomTo(1);
    else if (wasTabbed.current && isPressable(event.target)) return false;
    else {
      isHeld.current = true;
      stage.setMoving(true);
    }
    return true;
  });
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    // The space bar presses what was reached by keys. What was clicked has the focus only by the way.
    document.addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Tab') wasTabbed.current = true;
      },
      { signal },
    );
    document.addEventListener(
      'pointerdown',
      () => {
        wasTabbed.current = false;
      },
      { signal, capture: true },
    );
    document.addEventListener(
      'keyup',
      (event) => {
        if (event.key !== ' ' || !isHeld.current) return;
        isHeld.current = false;
        event.preventDefault();
        session.stage()?.setMoving(false);
      },
      { signal },
    );
    return () => listening.abort();
  }, [session]);
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(pressable);
}
