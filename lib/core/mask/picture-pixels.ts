import type { Size } from '../sizes/sizes';
import { createRaster, type Raster } from './raster';

/** A decoded picture: four bytes a pixel (red, green, blue, alpha), not premultiplied. */
export interface PicturePixels extends Size {
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** The mask that a picture is: what can be seen through will change, as the edits endpoint has it. */
export function maskFromPicture({ width, height, rgba }: PicturePixels): Raster {
  const mask = createRaster({ width, height });
  const { data } = mask;
  for (let index = 0; index < data.length; index++) {
    data[index] = 255 - (rgba[index * 4 + 3] as number);
  }
  return mask;
}
