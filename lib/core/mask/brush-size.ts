/** The diameter of a brush, in pixels of the picture. */
export const brushSizes = { least: 1, most: 500 } as const;

/** A whole size within what is allowed. */
export function clampBrushSize(size: number): number {
  return Math.min(brushSizes.most, Math.max(brushSizes.least, Math.round(size)));
}

/** The next size up or down: single pixels for a fine brush, larger steps for a large one. */
export function stepBrushSize(size: number, direction: 1 | -1): number {
  const from = direction === 1 ? size : size - 1;
  const step = from < 10 ? 1 : from < 50 ? 5 : from < 100 ? 10 : 25;
  const next = direction === 1 ? Math.floor(size / step) + 1 : Math.ceil(size / step) - 1;
  return clampBrushSize(next * step);
}

/** The sizes that a slider has: each a little larger than the one before, as seen. */
export const sliderSizes: readonly number[] = [
  ...range(1, 20, 1),
  ...range(22, 50, 2),
  ...range(55, 100, 5),
  ...range(110, 200, 10),
  ...range(220, brushSizes.most, 20),
];

/** The place on that slider which is nearest to a size. */
export function sliderPlace(size: number): number {
  const away = (place: number) => Math.abs((sliderSizes[place] ?? 0) - size);
  return sliderSizes.reduce((best, _, place) => (away(place) < away(best) ? place : best), 0);
}

function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}
