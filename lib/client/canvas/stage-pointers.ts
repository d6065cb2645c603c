import type { PainterEvent, PointerSample } from '../../core/mask/painter';
import { type ScreenPoint, screenPoint, toImagePoint } from '../../core/mask/points';
import type { StageView } from './stage-view';

// A wheel's notch is about 100 pixels; a trackpad's pinch comes as small steps with Ctrl.
const wheelStrength = 0.0018;
const pinchStrength = 0.012;
const lineHeight = 16;
/** A stroke that a second finger may take back: it was the first sign of two. */
const dab = { withinMs: 350, withinPixels: 24 };
const middleButton = 1;
const eraserButton = 5;
const eraserButtons = 32;

/**
 * Mouse, pen, fingers and wheel on a stage. One finger paints, two move and zoom; the middle button
 * and the space bar move. Every place that a pointer was at is told, also those between two frames.
 */
export function listenToPointers({
  stage,
  view,
  tell,
  onHover,
}: {
  stage: HTMLElement;
  view: StageView;
  tell: (event: PainterEvent) => void;
  /** Where a pointer that can hover is, or null where none is. */
  onHover: (point: ScreenPoint | null) => void;
}): { setMoving(isMoving: boolean): void; close(): void } {
  /** Who paints, where and when it began. */
  let painting: { id: number; isPen: boolean; at: ScreenPoint; time: number; way: number } | null =
    null;
  /** Who moves the picture. */
  const movers = new Map<number, ScreenPoint>();
  let isSpaceDown = false;
  /** Fingers that have moved the picture paint nothing before all of them are gone. */
  const fingers = new Set<number>();

  // Where the stage is has to be asked once for each event: asking is a layout.
  const pointOf = (event: MouseEvent, box = stage.getBoundingClientRect()): ScreenPoint =>
    screenPoint(event.clientX - box.left, event.clientY - box.top);
  const samplesOf = (events: readonly PointerEvent[]): PointerSample[] => {
    const box = stage.getBoundingClientRect();
    const shown = view.current();
    return events.map((event) => ({
      point: toImagePoint(pointOf(event, box), shown),
      ...(event.pointerType === 'pen' && { pressure: event.pressure }),
    }));
  };
  const capture = (event: PointerEvent) => {
    try {
      stage.setPointerCapture(event.pointerId);
    } catch {
      // A pointer that is gone already, or was made by a script.
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
      // A hand that rests on the screen while a pen draws.
      if (painting?.isPen) return;
      fingers.add(event.pointerId);
    }
    const point = pointOf(event);
    if (fingers.size > 1 || isSpaceDown || event.button === middleButton) {
      // Where the browser would scroll by itself.
      event.preventDefault();
      if (painting && !painting.isPen) {
        movers.set(painting.id, painting.at);
        endPainting(isDab(event));
      }
      movers.set(event.pointerId, point);
      capture(event);
      return;
    }
    if (painting || movers.size > 0) return;
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
    const before = movers.get(event.pointerId);
    if (!before) return;
    movers.set(event.pointerId, point);
    const moved = screenPoint(point.x - before.x, point.y - before.y);
    const [other] = [...movers].filter(([id]) => id !== event.pointerId);
    if (!other) {
      view.pan(moved);
      return;
    }
    const [, held] = other;
    const span = (one: ScreenPoint) => Math.max(1, Math.hypot(one.x - held.x, one.y - held.y));
    view.pan(screenPoint(moved.x / 2, moved.y / 2));
    const middle = screenPoint((point.x + held.x) / 2, (point.y + held.y) / 2);
    view.zoomBy(span(point) / span(before), middle);
  };

  const onUp = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    movers.delete(event.pointerId);
    if (painting?.id === event.pointerId) {
      endPainting(event.type === 'pointercancel' && isDab(event));
    }
    if (fingers.size > 0 && movers.size === 0) for (const id of fingers) fingers.delete(id);
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
    const factor = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1;
    const [aside, down] = event.shiftKey
      ? [event.deltaX + event.deltaY, 0]
      : [event.deltaX, event.deltaY];
    if (aside) view.pan(screenPoint(-aside * factor, 0));
    const strength = event.ctrlKey ? pinchStrength : wheelStrength;
    if (down) view.zoomBy(Math.exp(-down * factor * strength), pointOf(event));
  };

  const listening = new AbortController();
  const options = { passive: false, signal: listening.signal };
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
