import type { Size } from '../sizes/sizes';
import {
  clampScale,
  clampZoom,
  fitView,
  panView,
  type StagePoint,
  stepScale,
  type View,
  zoomAt,
} from './viewer-geometry';

// Pan and zoom of a picture on a stage, for the viewer, the comparison and the mask painter alike.

/** A picture and the stage that shows it. */
export interface Frame {
  picture: Size;
  stage: Size;
  /** Free space round the whole picture, in CSS pixels. */
  margin?: number;
}

/** A view that was chosen, and the stage that it was chosen for. */
export interface ChosenView extends View {
  stage: Size;
}

export type PanZoomAction =
  | { type: 'pan'; by: StagePoint }
  /** Multiplies the scale, and moves the picture along `by` first, as two fingers do. */
  | { type: 'zoom'; factor: number; point: StagePoint; by?: StagePoint }
  | { type: 'scale'; scale: number }
  | { type: 'step'; direction: 'in' | 'out' }
  | { type: 'whole' }
  /** Between the whole picture and 100 %; a picture that is whole at 100 % is doubled. */
  | { type: 'toggle'; point?: StagePoint };

/** From this scale on a picture is shown pixel by pixel instead of smoothed. */
export const pixelsShownFrom = 3;

// Scales that differ by less than this count as equal.
const tolerance = 1.001;

/**
 * The view on a stage, whose middle keeps its place in the picture when the stage is resized.
 * @param chosen The view that was chosen; null is the whole picture, at any size of the stage.
 */
export function viewOf(chosen: ChosenView | null, { picture, stage, margin = 0 }: Frame): View {
  const room = (length: number) => Math.max(1, length - 2 * margin);
  const within = { width: room(stage.width), height: room(stage.height) };
  const { scale, x, y } = fitView({ picture, stage: within });
  const whole = { scale, x: x + margin, y: y + margin };
  if (!chosen) return whole;
  const view = {
    scale: chosen.scale,
    x: chosen.x + (stage.width - chosen.stage.width) / 2,
    y: chosen.y + (stage.height - chosen.stage.height) / 2,
  };
  return clampZoom({ view, picture, whole });
}

/** @returns the view that follows; null once the whole picture is shown */
export function panZoom(
  chosen: ChosenView | null,
  action: PanZoomAction,
  frame: Frame,
): ChosenView | null {
  const { picture, stage } = frame;
  const whole = viewOf(null, frame);
  const from = viewOf(chosen, frame);
  const scaled = (view: View, scale: number, point = middleOf(stage)) =>
    clampZoom({ view: zoomAt(view, clampScale(scale, whole.scale), point), picture, whole });
  const next = (): View | null => {
    switch (action.type) {
      case 'pan':
        return panView({ view: from, by: action.by, picture, stage });
      case 'zoom': {
        const { x, y } = action.by ?? { x: 0, y: 0 };
        const moved = { ...from, x: from.x + x, y: from.y + y };
        return scaled(moved, from.scale * action.factor, action.point);
      }
      case 'scale':
        return scaled(from, action.scale);
      case 'step':
        return scaled(from, stepScale(from.scale, action.direction, whole.scale));
      case 'toggle':
        if (!isSameScale(from.scale, whole.scale)) return null;
        return scaled(from, isSameScale(whole.scale, 1) ? 2 : 1, action.point);
      case 'whole':
        return null;
    }
  };
  const view = next();
  return view === null || isSameScale(view.scale, whole.scale) ? null : { ...view, stage };
}

const isSameScale = (one: number, other: number) =>
  Math.max(one, other) <= Math.min(one, other) * tolerance;

/** A view on whole pixels of the screen: between them, a picture at 100 % would be blurred. */
export function snapView({ scale, x, y }: View): View {
  const snap = (place: number) => Math.round(place * devicePixelRatio) / devicePixelRatio;
  return { scale, x: snap(x), y: snap(y) };
}

const middleOf = ({ width, height }: Size): StagePoint => ({ x: width / 2, y: height / 2 });

// With or without Shift: keyboards differ in where the signs are.
const keys: Record<string, PanZoomAction> = {
  '0': { type: 'whole' },
  '1': { type: 'scale', scale: 1 },
  '+': { type: 'step', direction: 'in' },
  '=': { type: 'step', direction: 'in' },
  '-': { type: 'step', direction: 'out' },
  _: { type: 'step', direction: 'out' },
};

/** The zoom keys that all three stages share. */
export const zoomOfKey = (key: string): PanZoomAction | undefined => keys[key];

// A notch of a wheel is about 100 pixels; a trackpad's pinch arrives as small steps with Ctrl.
const wheelStrength = 0.0018;
const pinchStrength = 0.012;
const lineHeight = 16;
const inLines = 1;

/** A wheel event's travel in pixels: Firefox counts some in lines (`DOM_DELTA_LINE`). */
export const wheelPixels = (delta: number, deltaMode: number): number =>
  deltaMode === inLines ? delta * lineHeight : delta;

/** The factor by which a wheel, or a pinch on a trackpad, zooms. */
export function wheelFactor({
  deltaY,
  deltaMode,
  ctrlKey,
}: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  return Math.exp(-wheelPixels(deltaY, deltaMode) * (ctrlKey ? pinchStrength : wheelStrength));
}

/** Follows the pointers that hold a picture: one moves it, two zoom it as well. */
export function createHold() {
  const held = new Map<number, StagePoint>();
  return {
    count: () => held.size,
    /** The pointers that hold it. */
    ids: () => [...held.keys()],
    take(id: number, point: StagePoint): void {
      held.set(id, point);
    },
    /** @returns whether the pointer held the picture */
    release: (id: number): boolean => held.delete(id),
    clear: () => held.clear(),
    /** @returns what a pointer's move does; undefined for a pointer that holds nothing */
    move(id: number, to: StagePoint): (PanZoomAction & { by: StagePoint }) | undefined {
      const from = held.get(id);
      if (!from) return undefined;
      held.set(id, to);
      const by = { x: to.x - from.x, y: to.y - from.y };
      const other = [...held].find(([each]) => each !== id)?.[1];
      if (!other) return { type: 'pan', by };
      const span = (point: StagePoint) =>
        Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      return {
        type: 'zoom',
        factor: span(to) / span(from),
        point: { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 },
        by: { x: by.x / 2, y: by.y / 2 },
      };
    },
  };
}

const doubleTap = { withinMs: 320, withinPixels: 32 };

/** Tells the second of two taps: browsers make no `dblclick` of taps where they may not zoom. */
export function createTaps() {
  let last = { time: Number.NEGATIVE_INFINITY, point: { x: 0, y: 0 } };
  return {
    /** @param time The event's `timeStamp` in ms. @returns whether this tap completes a double tap */
    isDouble(point: StagePoint, time: number): boolean {
      const distance = Math.hypot(point.x - last.point.x, point.y - last.point.y);
      const isDouble = time - last.time < doubleTap.withinMs && distance < doubleTap.withinPixels;
      last = { point, time: isDouble ? Number.NEGATIVE_INFINITY : time };
      return isDouble;
    },
  };
}
