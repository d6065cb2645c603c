import { applyOperation } from '../../core/mask/apply-operation';
import type { MaskOperation, StrokePoint, StrokeStyle } from '../../core/mask/operations';
import { type Box, createRaster, joinBoxes, type Raster, wholeBox } from '../../core/mask/raster';
import { paintStroke } from '../../core/mask/stroke-raster';
import type { View } from '../../core/pictures/viewer-geometry';
import type { Size } from '../../core/sizes/sizes';

/** How a mask is shown: its colour as `#rrggbb`, and its opacity from 0 to 1. */
export interface OverlayLook {
  colour: string;
  strength: number;
}

/**
 * The mask as it is seen over the picture. It holds only the part of the mask that the screen shows.
 * Strokes are painted into that part as they arrive, and only the pixels that they touch are drawn.
 */
export function createOverlay(container: HTMLElement, look: OverlayLook) {
  const tiles = createTiles(container);
  let shown: Raster = createRaster({ width: 1, height: 1 });
  let view: View = { scale: 1, x: 0, y: 0 };
  let colours = coloursOf(look);
  let dirty: Box | null = null;

  return {
    /** The part of the mask that is held, and its scale. */
    view: () => view,
    /** Shows the worker's rendering of the mask. `isEnlarged`: each of its pixels covers several. */
    show(raster: Raster, { view: of, isEnlarged }: { view: View; isEnlarged: boolean }) {
      shown = raster;
      view = of;
      tiles.resize(raster, isEnlarged);
      dirty = wholeBox(raster);
    },
    stroke(style: StrokeStyle, points: readonly StrokePoint[]) {
      dirty = joinBoxes(dirty, paintStroke({ raster: shown, view, style, points }));
    },
    apply(operation: MaskOperation) {
      dirty = joinBoxes(dirty, applyOperation(shown, operation, view));
    },
    look(changed: OverlayLook) {
      colours = coloursOf(changed);
      dirty = wholeBox(shown);
    },
    /** Draws the pixels that have changed since the last time. */
    draw() {
      if (dirty) tiles.draw(dirty, pixelsOf);
      dirty = null;
    },
  };

  function pixelsOf({ left, top, right, bottom }: Box): Uint8ClampedArray<ArrayBuffer> {
    const pixels = new Uint32Array((right - left) * (bottom - top));
    let at = 0;
    for (let row = top; row < bottom; row++) {
      const start = row * shown.width;
      for (let column = left; column < right; column++) {
        pixels[at++] = colours[shown.data[start + column] as number] as number;
      }
    }
    return new Uint8ClampedArray(pixels.buffer);
  }
}

/** A canvas pixel for each of the 256 values of a mask. */
function coloursOf({ colour, strength }: OverlayLook): Uint32Array {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const pixels = new Uint8Array(256 * 4);
  for (let value = 0; value < 256; value++) {
    pixels.set([red ?? 0, green ?? 0, blue ?? 0, Math.round(value * strength)], value * 4);
  }
  return new Uint32Array(pixels.buffer);
}

const side = 320;

interface Tile {
  left: number;
  top: number;
  width: number;
  height: number;
  context: CanvasRenderingContext2D | null;
}

/**
 * An area to draw pixels on, made of several canvases side by side. The browser uploads a changed canvas
 * as a whole, so with tiles only the few that a brush has touched are uploaded.
 */
export function createTiles(container: HTMLElement) {
  let tiles: Tile[] = [];
  let made = '';
  return {
    /** Makes an empty area of this size. `isWhole`: one canvas, because gaps would show when enlarged. */
    resize({ width, height }: Size, isWhole: boolean) {
      const wanted = `${width} ${height} ${isWhole}`;
      if (wanted === made) return;
      made = wanted;
      const step = isWhole ? Math.max(width, height) : side;
      tiles = [];
      const canvases: HTMLCanvasElement[] = [];
      for (let top = 0; top < height; top += step) {
        for (let left = 0; left < width; left += step) {
          const canvas = document.createElement('canvas');
          canvas.width = Math.min(step, width - left);
          canvas.height = Math.min(step, height - top);
          Object.assign(canvas.style, { position: 'absolute', maxWidth: 'none' });
          Object.assign(canvas.style, { left: `${left}px`, top: `${top}px` });
          const context = canvas.getContext('2d');
          tiles.push({ left, top, width: canvas.width, height: canvas.height, context });
          canvases.push(canvas);
        }
      }
      container.replaceChildren(...canvases);
    },
    /** Draws part of the area; `paint` returns the pixels of a box as rows of RGBA. */
    draw(part: Box, paint: (box: Box) => Uint8ClampedArray<ArrayBuffer>) {
      for (const { left, top, width, height, context } of tiles) {
        const box = {
          left: Math.max(part.left, left),
          top: Math.max(part.top, top),
          right: Math.min(part.right, left + width),
          bottom: Math.min(part.bottom, top + height),
        };
        if (box.left >= box.right || box.top >= box.bottom) continue;
        const image = new ImageData(paint(box), box.right - box.left);
        context?.putImageData(image, box.left - left, box.top - top);
      }
    },
  };
}
