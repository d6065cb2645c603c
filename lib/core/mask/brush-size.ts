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

/** Where on a slider from 0 to 1 a size is: small sizes have as much room as large ones. */
export function sliderPlace(size: number): number {
  return Math.log(size / brushSizes.least) / Math.log(brushSizes.most / brushSizes.least);
}

/** The size at a place of that slider. */
export function sizeAtPlace(place: number): number {
  return clampBrushSize(brushSizes.least * (brushSizes.most / brushSizes.least) ** place);
}
