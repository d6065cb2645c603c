import sharp, { type Sharp } from 'sharp';
import { ApiError } from '../../core/api-error';
import { readImageHeader } from '../../core/bytes/image-header';
import { formatSize, type Size } from '../../core/sizes/sizes';

/** How a picture leaves: PNG keeps every pixel, JPEG takes a quality from 1 to 100. */
export type Output = { format: 'png' } | { format: 'jpeg'; quality: number };

/** An input picture, and the field to name if it cannot be decoded. */
export interface Source {
  bytes: Buffer;
  param: string;
}

/** A decoded picture: four bytes a pixel, not premultiplied. */
export interface Pixels {
  rgba: Buffer;
  size: Size;
}

// More pixels are refused before anything is decoded.
const maxInputPixels = 100_000_000;
const decoding = { limitInputPixels: maxInputPixels, failOn: 'error' } as const;

/** Writes a picture; one that is `opaque` needs no alpha channel. */
export function encodePicture(image: Sharp, output: Output, opaque: boolean): Promise<Buffer> {
  if (output.format === 'png') {
    return (opaque ? image.removeAlpha() : image).png({ compressionLevel: 6 }).toBuffer();
  }
  const quality = Math.max(1, output.quality);
  const chromaSubsampling = quality >= 90 ? '4:4:4' : '4:2:0';
  return image.flatten({ background: '#fff' }).jpeg({ quality, chromaSubsampling }).toBuffer();
}

/** Opens SVG for drawing. */
export function openDrawing(svg: string): Sharp {
  return sharp(Buffer.from(svg));
}

/** Opens decoded pixels for further work. */
export function openPixels({ rgba, size }: Pixels): Sharp {
  return sharp(rgba, { raw: { ...size, channels: 4 } });
}

/** Turns a drawing or a composition into pixels. */
export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgba: data, size: { width: info.width, height: info.height } };
}

/**
 * The size of an input picture as it is shown: turned as its EXIF orientation says.
 * @throws ApiError `invalid_value`
 */
export function sizeAsShown(source: Source): Promise<Size> {
  return decoded(source, async () => {
    const { autoOrient } = await sharp(source.bytes, decoding).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  });
}

/**
 * Decodes an input picture and scales it to a size: cut to its shape, or `inside` it. `asStored`
 * leaves the orientation alone, since a mask counts pixels as they are stored.
 * @throws ApiError `invalid_value`
 */
export function decodePicture(
  source: Source,
  size: Size,
  how?: 'inside' | 'asStored',
): Promise<Pixels> {
  return decoded(source, async () => {
    const { icc, width, height } = await sharp(source.bytes, decoding).metadata();
    // Files often carry the profile of sRGB itself; a conversion would shift values by rounding.
    const ignoreIcc = icc === undefined || icc.includes('sRGB');
    const image = sharp(source.bytes, { ...decoding, ignoreIcc });
    const isExact = how === 'asStored' && width === size.width && height === size.height;
    if (how !== 'asStored') image.autoOrient();
    if (!isExact) image.resize({ ...size, fit: how === 'inside' ? 'inside' : 'cover' });
    return toPixels(image);
  });
}

async function decoded<T>({ bytes, param }: Source, decode: () => Promise<T>): Promise<T> {
  const { width = 0, height = 0 } = readImageHeader(bytes) ?? {};
  if (width * height > maxInputPixels) {
    const message = `${param} is ${formatSize({ width, height })}; the demo gateway reads at most ${maxInputPixels} pixels.`;
    throw new ApiError({ code: 'invalid_value', message, param });
  }
  try {
    return await decode();
  } catch {
    const message = `${param} cannot be decoded: the file is damaged or no picture.`;
    throw new ApiError({ code: 'invalid_value', message, param });
  }
}
