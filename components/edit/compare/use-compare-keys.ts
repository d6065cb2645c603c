import type { KeyboardEvent } from 'react';
import type { Zoom } from '../../controls/viewer/use-zoom';
import { viewerKey } from '../../controls/viewer/viewer-key';
import type { Divide } from './use-divide';

/** In percent of the stage, with an arrow key. */
const divideStep = 2;

/**
 * The keys of a comparison: those of the viewer, but that the arrows move the line between the
 * pictures where there is one; Page Up and Page Down go through the results, the space bar shows the
 * original as long as it is held.
 * @param divide null: the pictures lie side by side.
 */
export function useCompareKeys(zoom: Zoom, divide: Divide | null, onStep: (by: 1 | -1) => void) {
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target, currentTarget, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (key === 'PageUp' || key === 'PageDown') {
      event.preventDefault();
      onStep(key === 'PageUp' ? -1 : 1);
      return;
    }
    const isLine = divide !== null && target === divide.control.current;
    if (key === ' ' && divide && (isLine || target === currentTarget)) {
      event.preventDefault();
      divide.hold(true);
      return;
    }
    // A slider of its own, or radio buttons, go by the arrows; anything else here types nothing.
    const isOther = target instanceof HTMLInputElement && !isLine;
    if (isOther && /^(Arrow|Home|End)/.test(key)) return;
    const action = viewerKey({ key, shiftKey, ctrlKey, metaKey, altKey, target: currentTarget });
    if (!action) return;
    event.preventDefault();
    if (action.type === 'step') zoom.step(action.direction);
    else if (action.type === 'whole') zoom.showWhole();
    else if (action.type === 'real') zoom.zoomTo(1);
    else if (action.type === 'pan') zoom.pan(action.by, true);
    else if (action.type === 'edge') divide?.moveBy(action.edge === 'first' ? -100 : 100);
    else if (divide) divide.moveBy(action.by * divideStep);
    else onStep(action.by);
  };
  return {
    onKeyDown,
    onKeyUp({ key }: KeyboardEvent) {
      if (key === ' ') divide?.hold(false);
    },
  };
}
