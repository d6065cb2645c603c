import type { Size } from '../sizes';

/** A decoded picture: four bytes a pixel (red, green, blue, alpha), not premultiplied. */
export interface PicturePixels extends Size {
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** A mask, one byte a pixel: 0 is kept, 255 will change. */
export interface MaskPixels extends Size {
  readonly data: Uint8Array;
}

/** The mask that a picture is: what can be seen through will change, as the edits endpoint has it. */
export function maskFromPicture({ width, height, rgba }: PicturePixels): MaskPixels {
  const data = new Uint8Array(width * height);
  for (let index = 0; index < data.length; index++) {
    data[index] = 255 - (rgba[index * 4 + 3] as number);
  }
  return { width, height, data };
}
