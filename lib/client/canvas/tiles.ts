import type { Box } from '../../core/mask/raster';
import type { Size } from '../../core/sizes/sizes';

const side = 320;

interface Tile {
  left: number;
  top: number;
  width: number;
  height: number;
  context: CanvasRenderingContext2D | null;
}

/**
 * An area to draw pixels on, as several canvases side by side. A canvas is handed to the screen as a
 * whole however little of it has changed; of these only the few that a brush touches are.
 */
export function createTiles(container: HTMLElement) {
  let tiles: Tile[] = [];
  let made = '';
  return {
    /** Makes an empty area of so many pixels. `isWhole`: of one piece, so that it can be enlarged. */
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
    /** Draws part of the area; `paint` gives the pixels of a box as rows of RGBA. */
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
