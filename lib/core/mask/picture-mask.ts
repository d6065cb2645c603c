import { createRaster, type PicturePixels, type Raster } from './raster';

/** What of a picture is read as a mask: where it is transparent, or where it is white. */
export type MaskReading = 'alpha' | 'lightness';

// Programs leave alpha a little below 255, and JPEG and video leave black and white a little grey.
const opaqueAlpha = 250;
const blackest = 24;
const whitest = 228;
/** The greatest difference between the colours of a pixel that counts as grey. */
const greyness = 24;
/** The share of the opaque pixels of a black-and-white mask that are black or white; the rest are edges. */
const leastExtremes = 0.9;
/** From this share of half-marked pixels on they are no edges: hard ones may be meant. */
const leastSoft = 0.1;
/** Above this share of transparent pixels they are no frame or corners, but the mask. */
const mostFrame = 0.2;

/**
 * Reads a picture as a mask. Transparent pixels will change, as the gateway reads masks (contract). A
 * picture whose opaque part is black and white is itself the mask, and its white will change; a transparent
 * frame, round corners or a stray pixel do not turn it over.
 * @param by how to read it; undefined: as the picture suggests
 * @param isHard marks each pixel wholly or not at all
 * @returns the mask; how it was read; `isAmbiguous`: it could be meant in the other way; `isSoft`: much of
 *   it is marked in part
 */
export function readPictureMask(
  { width, height, rgba }: PicturePixels,
  { by, isHard = false }: { by?: MaskReading; isHard?: boolean } = {},
): { mask: Raster; by: MaskReading; isAmbiguous: boolean; isSoft: boolean } {
  const mask = createRaster({ width, height });
  const { data } = mask;
  const share = { opaque: 0, black: 0, white: 0 };
  for (let index = 0; index < data.length; index++) {
    if ((rgba[index * 4 + 3] as number) < opaqueAlpha) continue;
    share.opaque++;
    if (!isGrey(rgba, index)) continue;
    const lightness = lightnessOf(rgba, index);
    if (lightness <= blackest) share.black++;
    else if (lightness >= whitest) share.white++;
  }
  const transparent = data.length - share.opaque;
  const isStark = share.black + share.white >= leastExtremes * share.opaque;
  const isBlackAndWhite = isStark && share.black > 0 && share.white > 0;
  const isAmbiguous = transparent > 0 && isBlackAndWhite;
  const isByLightness =
    transparent === 0 || (isBlackAndWhite && transparent <= mostFrame * data.length);
  const read = by ?? (isByLightness ? 'lightness' : 'alpha');
  let soft = 0;
  for (let index = 0; index < data.length; index++) {
    const alpha = rgba[index * 4 + 3] as number;
    if (read === 'alpha') data[index] = 255 - alpha;
    else {
      const cover = alpha < opaqueAlpha ? alpha / 255 : 1;
      data[index] = snap(lightnessOf(rgba, index), isStark) * cover + 0.5;
    }
    const value = data[index] as number;
    if (isHard) data[index] = value < 128 ? 0 : 255;
    else if (value > 0 && value < 255) soft++;
  }
  return { mask, by: read, isAmbiguous, isSoft: soft >= leastSoft * data.length };
}

/** The lightness of a pixel from 0 to 255, by the weights of Rec. 709. */
function lightnessOf(rgba: PicturePixels['rgba'], index: number): number {
  const red = rgba[index * 4] as number;
  const green = rgba[index * 4 + 1] as number;
  const blue = rgba[index * 4 + 2] as number;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function isGrey(rgba: PicturePixels['rgba'], index: number): boolean {
  const red = rgba[index * 4] as number;
  const green = rgba[index * 4 + 1] as number;
  const blue = rgba[index * 4 + 2] as number;
  return Math.max(red, green, blue) - Math.min(red, green, blue) <= greyness;
}

/** In a mask that is nearly all black and white, what is nearly black or white is meant to be so. */
function snap(lightness: number, isStark: boolean): number {
  if (!isStark) return lightness;
  const stretched = ((lightness - blackest) * 255) / (whitest - blackest);
  return Math.min(255, Math.max(0, stretched));
}
