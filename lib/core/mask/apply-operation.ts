import type { View } from '../pictures/viewer-geometry';
import { featherRaster, growRaster, invertRaster, shrinkRaster } from './edges';
import type { MaskOperation, Rectangle } from './operations';
import { imagePoint } from './operations';
import { paintPolygon } from './polygon-raster';
import { type Box, decompressInto, ownSize, type PaintMode, type Raster, wholeBox } from './raster';
import { paintStroke } from './stroke-raster';

/**
 * Carries out one operation on a raster: the mask at the picture's own size, or what a view shows of
 * it. An import can be carried out at the picture's own size only.
 * @returns the pixels touched; null if there are none
 */
export function applyOperation(
  raster: Raster,
  operation: MaskOperation,
  view: View = ownSize,
): Box | null {
  switch (operation.kind) {
    case 'stroke':
      return paintStroke({ raster, view, style: operation.style, points: operation.points });
    case 'rectangle':
      return paintRectangle({ raster, view, mode: operation.mode, area: operation.area });
    case 'lasso':
      return paintPolygon({ raster, view, mode: operation.mode, points: operation.points });
    case 'fill':
      raster.data.fill(255);
      break;
    case 'clear':
      raster.data.fill(0);
      break;
    case 'invert':
      invertRaster(raster);
      break;
    case 'grow':
      growRaster(raster, operation.pixels * view.scale);
      break;
    case 'shrink':
      shrinkRaster(raster, operation.pixels * view.scale);
      break;
    case 'feather':
      featherRaster(raster, operation.pixels * view.scale);
      break;
    case 'import':
      decompressInto(operation.raster, raster);
      break;
  }
  return wholeBox(raster);
}

function paintRectangle({
  raster,
  view,
  mode,
  area: { left, top, width, height },
}: {
  raster: Raster;
  view: View;
  mode: PaintMode;
  area: Rectangle;
}): Box | null {
  const [right, bottom] = [left + width, top + height];
  const points = [
    imagePoint(left, top),
    imagePoint(right, top),
    imagePoint(right, bottom),
    imagePoint(left, bottom),
  ];
  return paintPolygon({ raster, view, mode, points });
}
