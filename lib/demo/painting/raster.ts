import sharp, { type Sharp } from 'sharp';
import { ApiError } from '../../core/api-error';
import { readImageHeader } from '../../core/bytes/image-header';
import { formatSize, type Size } from '../../core/sizes/sizes';

/** How a picture leaves: PNG keeps every pixel, JPEG takes a quality from 1 to 100. */
export type Output = { format: 'png' } | { format: 'jpeg'; quality: number };

/** A decoded picture: four bytes a pixel, not premultiplied. */
export interface Pixels {
  rgba: Buffer;
  size: Size;
}

/** The most pixels of an input picture; more is refused before anything is decoded. */
export const maxInputPixels = 100_000_000;

/** Writes a picture in the format asked for. */
export function encodePicture({
  image,
  output,
  opaque,
}: {
  image: Sharp;
  output: Output;
  /** Nothing shows through, so the alpha channel need not be stored. */
  opaque: boolean;
}): Promise<Buffer> {
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

/** The size of an input picture as it is shown: turned as its EXIF orientation says. */
export async function sizeAsShown(bytes: Buffer, param: string): Promise<Size> {
  checkPixelCount(bytes, param);
  const { autoOrient } = await guarded(param, () => open(bytes).metadata());
  return { width: autoOrient.width, height: autoOrient.height };
}

/**
 * Decodes an input picture.
 * @param size cut to its shape and scaled to it; `inside`: scaled to fit into it. Untouched if absent
 * @param asStored leaves the orientation alone: a mask counts pixels as they are stored
 * @param param the field to name if the picture cannot be decoded
 */
export async function decodePicture({
  bytes,
  size,
  fit = 'cover',
  asStored = false,
  param,
}: {
  bytes: Buffer;
  size?: Size;
  fit?: 'cover' | 'inside';
  asStored?: boolean;
  param: string;
}): Promise<Pixels> {
  checkPixelCount(bytes, param);
  return guarded(param, async () => {
    const { icc, width, height } = await open(bytes).metadata();
    // Files often carry the profile of sRGB itself; a conversion would shift values by rounding.
    const ignoreIcc = icc === undefined || icc.includes('sRGB');
    const image = sharp(bytes, { ...decoding, ignoreIcc });
    if (!asStored) image.autoOrient();
    if (size && !(asStored && width === size.width && height === size.height)) {
      image.resize({ ...size, fit });
    }
    return toPixels(image);
  });
}

const decoding = { limitInputPixels: maxInputPixels, failOn: 'error' } as const;

function open(bytes: Buffer): Sharp {
  return sharp(bytes, decoding);
}

function checkPixelCount(bytes: Buffer, param: string): void {
  const header = readImageHeader(bytes);
  const size = { width: header?.width ?? 0, height: header?.height ?? 0 };
  if (size.width * size.height <= maxInputPixels) return;
  throw new ApiError({
    code: 'invalid_value',
    message: `${param} is ${formatSize(size)}; the demo gateway reads at most ${maxInputPixels} pixels.`,
    param,
  });
}

async function guarded<T>(param: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError({
      code: 'invalid_value',
      message: `${param} cannot be decoded: the file is damaged or no picture.`,
      param,
    });
  }
}
