import type { Size } from '../sizes/sizes';

/** Where a picture lies on a stage: CSS pixels per picture pixel, and its upper left corner. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** A point of the stage, in CSS pixels from its upper left corner. */
export interface StagePoint {
  x: number;
  y: number;
}

const largestScale = 16;
const zoomSteps = [
  0.05,
  0.1,
  0.15,
  0.25,
  0.33,
  0.5,
  0.67,
  0.8,
  1,
  1.5,
  2,
  3,
  4,
  6,
  8,
  12,
  largestScale,
];

/** The view that shows the whole picture, in the middle and never enlarged. */
export function fitView({ picture, stage }: { picture: Size; stage: Size }): View {
  const scale = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return clampPan({ view: { scale, x: 0, y: 0 }, picture, stage });
}

/** Sets the scale, and keeps the point of the picture that lies under `point` there. */
export function zoomAt(view: View, scale: number, point: StagePoint): View {
  const factor = scale / view.scale;
  return {
    scale,
    x: point.x - (point.x - view.x) * factor,
    y: point.y - (point.y - view.y) * factor,
  };
}

/**
 * Brings a picture back that was moved too far: no gap opens at a side where it is larger than the
 * stage, and where it is smaller it lies in the middle.
 */
export function clampPan({
  view: { scale, x, y },
  picture,
  stage,
}: {
  view: View;
  picture: Size;
  stage: Size;
}): View {
  return {
    scale,
    x: clampSide(x, picture.width * scale, stage.width),
    y: clampSide(y, picture.height * scale, stage.height),
  };
}

function clampSide(start: number, length: number, room: number): number {
  return length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, start));
}

/** A scale within what a viewer allows: from the whole picture to single pixels. */
export function clampScale(scale: number, fit: number): number {
  return Math.min(largestScale, Math.max(fit, scale));
}

/** The next of the usual steps, in or out; the whole picture and 100 % are among them. */
export function stepScale(scale: number, direction: 'in' | 'out', fit: number): number {
  // A hair's breadth, so that a step reached by rounding counts as reached.
  const margin = 1.001;
  const next =
    direction === 'in'
      ? (zoomSteps.find((step) => step > scale * margin) ?? largestScale)
      : (zoomSteps.findLast((step) => step < scale / margin) ?? fit);
  return clampScale(next, fit);
}

/** Whether the picture is larger than the stage at a view, so that it can be moved about. */
export function isPannable({
  view,
  picture,
  stage,
}: {
  view: View;
  picture: Size;
  stage: Size;
}): boolean {
  const slack = 0.5;
  return (
    picture.width * view.scale > stage.width + slack ||
    picture.height * view.scale > stage.height + slack
  );
}

// The stage of a usual screen (1440 × 900) without what stands round the pictures, in pixels.
const gridStage = { width: 980, height: 736 };
const gridGap = 12;
const captionHeight = 34;

/**
 * How many columns show pictures of one shape best on a wide screen: those with the largest tiles when
 * all of them are in view at once. Empty places in the last row count against it.
 * @param aspect width over height of one picture
 */
export function gridColumns({ count, aspect }: { count: number; aspect: number }): number {
  let best = { columns: 1, score: 0 };
  // Three above each other would be a column to scroll through: the page shows two rows at once.
  for (let columns = count > 2 ? 2 : 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const across = (gridStage.width - (columns - 1) * gridGap) / columns;
    const down = gridStage.height / rows - captionHeight;
    const tile = Math.min(across, down * aspect);
    // With more than a few rows nothing is left beside the captions.
    const score = tile > 0 ? (tile ** 2 * count) / (rows * columns) : 0;
    if (score > best.score) best = { columns, score };
  }
  return best.columns;
}
