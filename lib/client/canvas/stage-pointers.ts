import { type ScreenPoint, screenPoint, toImagePoint } from '../../core/mask/operations';
import type { PainterEvent, PointerSample } from '../../core/mask/painter';
import {
  createHold,
  type PanZoomAction,
  wheelFactor,
  wheelPixels,
} from '../../core/pictures/pan-zoom';
import type { View } from '../../core/pictures/viewer-geometry';
import { keepMiddleButton } from '../browser/middle-button';

/** The pan and zoom of a stage, for keys, buttons and pointers. */
export interface StageCommands {
  change(action: PanZoomAction): void;
  /** While this is on, the pointer moves the picture instead of painting. */
  setMoving(isMoving: boolean): void;
}

/** A stroke so short that a second finger cancels it: both fingers were meant to move the picture. */
const dab = { withinMs: 350, withinPixels: 24 };
const middleButton = 1;
const eraserButton = 5;
const eraserButtons = 32;

/**
 * Listens to mouse, pen, fingers and wheel on a stage. One finger paints, two move and zoom; the middle
 * button and the space bar move. All coalesced positions are reported, also those between two frames.
 */
export function listenToPointers({
  stage,
  view,
  change,
  tell,
  onHover,
}: {
  stage: HTMLElement;
  /** The current view. */
  view: () => View;
  change: (action: PanZoomAction) => void;
  tell: (event: PainterEvent) => void;
  /** The position of a pointer that can hover, or null. */
  onHover: (point: ScreenPoint | null) => void;
}): Pick<StageCommands, 'setMoving'> & { close(): void } {
  /** The pointer that paints, with its last position and the start and length of the stroke. */
  let painting: { id: number; isPen: boolean; at: ScreenPoint; time: number; way: number } | null =
    null;
  /** The pointers that move the picture. */
  const movers = createHold();
  let isSpaceDown = false;
  /** The fingers on the stage. After they have moved the picture, none paints until all are lifted. */
  const fingers = new Set<number>();

  // Reading the stage's box causes a layout, so it is read once per event.
  const pointOf = (event: MouseEvent, box = stage.getBoundingClientRect()): ScreenPoint =>
    screenPoint(event.clientX - box.left, event.clientY - box.top);
  const samplesOf = (events: readonly PointerEvent[]): PointerSample[] => {
    const box = stage.getBoundingClientRect();
    const shown = view();
    return events.map((event) => ({
      point: toImagePoint(pointOf(event, box), shown),
      ...(event.pointerType === 'pen' && { pressure: event.pressure }),
    }));
  };
  const capture = (event: PointerEvent) => {
    try {
      stage.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is gone already, or was made by a script.
    }
  };

  const endPainting = (isUnwanted: boolean) => {
    if (!painting) return;
    painting = null;
    tell({ type: isUnwanted ? 'pointer-cancel' : 'pointer-up' });
  };
  const isDab = (event: PointerEvent) =>
    painting !== null &&
    event.timeStamp - painting.time < dab.withinMs &&
    painting.way < dab.withinPixels;

  const onDown = (event: PointerEvent) => {
    if (event.button > middleButton && event.button !== eraserButton) return;
    if (event.pointerType === 'touch') {
      // This may be a hand that rests on the screen while a pen draws.
      if (painting?.isPen) return;
      fingers.add(event.pointerId);
    }
    const point = pointOf(event);
    if (fingers.size > 1 || isSpaceDown || event.button === middleButton) {
      if (painting && !painting.isPen) {
        movers.take(painting.id, painting.at);
        endPainting(isDab(event));
      }
      movers.take(event.pointerId, point);
      capture(event);
      return;
    }
    if (painting || movers.count() > 0) return;
    capture(event);
    const isPen = event.pointerType === 'pen';
    painting = { id: event.pointerId, isPen, at: point, time: event.timeStamp, way: 0 };
    const [sample] = samplesOf([event]);
    if (!sample) return;
    tell({
      type: 'pointer-down',
      ...sample,
      isEraser: (event.buttons & eraserButtons) !== 0 || event.altKey,
      isStraight: event.shiftKey,
    });
  };

  const onMove = (event: PointerEvent) => {
    const point = pointOf(event);
    if (event.pointerType !== 'touch') onHover(point);
    if (painting?.id === event.pointerId) {
      painting.way += Math.hypot(point.x - painting.at.x, point.y - painting.at.y);
      painting.at = point;
      const all = event.getCoalescedEvents?.() ?? [];
      const samples = samplesOf(all.length > 0 ? all : [event]);
      tell({ type: 'pointer-move', samples, isSquare: event.shiftKey });
      return;
    }
    const action = movers.move(event.pointerId, point);
    if (action) change(action);
  };

  const onUp = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    movers.release(event.pointerId);
    if (painting?.id === event.pointerId) {
      endPainting(event.type === 'pointercancel' && isDab(event));
    }
    if (fingers.size > 0 && movers.count() === 0) for (const id of fingers) fingers.delete(id);
  };

  const onBlur = () => {
    isSpaceDown = false;
    stage.style.cursor = '';
    fingers.clear();
    movers.clear();
    endPainting(false);
  };

  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const { deltaX, deltaY, deltaMode, ctrlKey } = event;
    const [aside, down] = event.shiftKey ? [deltaX + deltaY, 0] : [deltaX, deltaY];
    if (aside) change({ type: 'pan', by: { x: -wheelPixels(aside, deltaMode), y: 0 } });
    const factor = wheelFactor({ deltaY: down, deltaMode, ctrlKey });
    if (down) change({ type: 'zoom', factor, point: pointOf(event) });
  };

  const listening = new AbortController();
  const options = { passive: false, signal: listening.signal };
  keepMiddleButton(stage, listening.signal);
  stage.addEventListener('pointerdown', onDown, options);
  stage.addEventListener('pointermove', onMove, options);
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
    stage.addEventListener(end, onUp, options);
  }
  stage.addEventListener('pointerleave', () => onHover(null), options);
  stage.addEventListener('wheel', onWheel, options);
  stage.addEventListener('contextmenu', (event) => event.preventDefault(), options);
  window.addEventListener('blur', onBlur, options);

  return {
    setMoving(isMoving) {
      isSpaceDown = isMoving;
      stage.style.cursor = isMoving ? 'grab' : '';
    },
    close() {
      listening.abort();
      onBlur();
    },
  };
}
