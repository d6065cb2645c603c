import type { KeyboardEvent } from 'react';
import type { PanZoom } from '../viewer/use-pan-zoom';
import { viewerKey } from '../viewer/viewer-key';
import type { Divide } from './divider';

/** In percent of the stage, with an arrow key. */
const divideStep = 2;

/**
 * The keys of a comparison: those of the viewer, but that the arrows move the line between the
 * pictures where there is one; Page Up and Page Down go on, the space bar shows the left one as long as it
 * is held.
 * @param divide null: there is nothing to be held
 */
export function compareKeys({
  zoom,
  divide,
  hasLine,
  onStep,
}: {
  zoom: PanZoom;
  divide: Divide | null;
  hasLine: boolean;
  onStep: (by: 1 | -1) => void;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target, currentTarget, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (key === 'PageUp' || key === 'PageDown') {
      event.preventDefault();
      onStep(key === 'PageUp' ? -1 : 1);
      return;
    }
    const isLine = hasLine && target === divide?.control.current;
    if (key === ' ' && divide && (isLine || target === currentTarget)) {
      event.preventDefault();
      divide.hold(true);
      return;
    }
    // A slider of its own, a list, or radio buttons, go by the arrows; anything else here types nothing.
    const isOther = target instanceof Element && target.matches('input, select') && !isLine;
    if (isOther && /^(Arrow|Home|End)/.test(key)) return;
    const action = viewerKey({ key, shiftKey, ctrlKey, metaKey, altKey, target: currentTarget });
    if (!action || action.type === 'details') return;
    event.preventDefault();
    if (action.type === 'edge') divide?.moveBy(action.edge === 'first' ? -100 : 100);
    else if (action.type !== 'go') zoom.change(action);
    else if (hasLine) divide?.moveBy(action.by * divideStep);
    else onStep(action.by);
  };
  return {
    onKeyDown,
    onKeyUp({ key }: KeyboardEvent) {
      if (key === ' ') divide?.hold(false);
    },
  };
}
