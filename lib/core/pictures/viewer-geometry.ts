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

// Beyond twice its size a picture looks coarse.
const largestFit = 2;

/** The view that shows the whole picture in the middle, enlarged at most twice. */
export function fitView({ picture, stage }: { picture: Size; stage: Size }): View {
  const { width, height } = picture;
  const scale = Math.min(largestFit, stage.width / width, stage.height / height);
  return {
    scale,
    x: (stage.width - width * scale) / 2,
    y: (stage.height - height * scale) / 2,
  };
}

/** Where a picture lies that is laid into a box as large as it goes, as `object-fit: contain` does. */
export function containedIn(box: Size, picture: Size): StagePoint & Size {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { x: (box.width - width) / 2, y: (box.height - height) / 2, width, height };
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
 * Brings a picture back that is too far off: enlarged, it covers the place that it has as a whole; made
 * smaller, it lies within. So the point under the cursor can stay there at any scale.
 * @param whole the view that shows the whole picture
 */
export function clampZoom({
  view: { scale, x, y },
  picture,
  whole,
}: {
  view: View;
  picture: Size;
  whole: View;
}): View {
  const clampSide = (start: number, wholeStart: number, side: number) =>
    clampBetween(start, wholeStart, wholeStart + side * (whole.scale - scale));
  return {
    scale,
    x: clampSide(x, whole.x, picture.width),
    y: clampSide(y, whole.y, picture.height),
  };
}

/**
 * Moves a picture, and opens no gap at a side where it is larger than the stage. Where it is smaller it
 * can only move towards the middle.
 */
export function panView({
  view: { scale, x, y },
  by,
  picture,
  stage,
}: {
  view: View;
  by: StagePoint;
  picture: Size;
  stage: Size;
}): View {
  const panSide = (start: number, way: number, rest: number) => {
    const ends = rest > 0 ? [rest / 2] : [rest, 0];
    return clampBetween(start + way, Math.min(start, ...ends), Math.max(start, ...ends));
  };
  return {
    scale,
    x: panSide(x, by.x, stage.width - picture.width * scale),
    y: panSide(y, by.y, stage.height - picture.height * scale),
  };
}

const clampBetween = (value: number, one: number, other: number) =>
  Math.min(Math.max(one, other), Math.max(Math.min(one, other), value));

/** A scale within what a viewer allows: from the whole picture, or 100 %, to single pixels. */
export function clampScale(scale: number, fit: number): number {
  return Math.min(largestScale, Math.max(Math.min(fit, 1), scale));
}

/** The next of the usual steps, in or out; the whole picture and 100 % are among them. */
export function stepScale(scale: number, direction: 'in' | 'out', fit: number): number {
  // A hair's breadth, so that a step reached by rounding counts as reached.
  const margin = 1.001;
  const steps = [...zoomSteps, fit].sort((one, other) => one - other);
  const next =
    direction === 'in'
      ? (steps.find((step) => step > scale * margin) ?? largestScale)
      : (steps.findLast((step) => step < scale / margin) ?? fit);
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
