import { type ImageHeader, readImageHeader } from '../../core/bytes/image-header';
import {
  compositeInto,
  type Inexactness,
  inexactnessOf,
  innerDistances,
  isSameShape,
  readPixelStorage,
} from '../../core/mask/composite';
import { measureOutsideChange, type OutsideChange } from '../../core/mask/outside-change';
import { maskFromPicture, type PicturePixels, type Raster } from '../../core/mask/raster';
import { isOpaque } from '../../core/mask/shrink-pixels';
import type { Size } from '../../core/sizes/sizes';
import { serveWorker } from '../browser/serve-worker';
import { largeBytes, previewSide, shrinkBitmap } from '../pictures/small-copies';
import { weighBlob } from '../pictures/weigh-blob';

// Measures what edits changed outside their masks, and composes edits with their originals. A decoded
// 4K picture has 33 MB, which the main thread should neither hold nor process.

/** A masked edit: its input files, and one picture that came of it. */
export interface MaskedEdit {
  /** The same for the same three files. */
  key: string;
  original: Blob;
  /** The PNG that was sent: transparent where the picture was to change. */
  mask: Blob;
  result: Blob;
}

/** How much an edit changed outside its mask, and how exact a composite would be there. */
export interface MeasuredEdit {
  change: OutsideChange;
  inexactness: Inexactness[];
}

/** `maskSize`: the mask does not have the original's size. */
export type CompositeFailure =
  | { reason: 'shape'; original: Size; result: Size }
  | { reason: 'maskSize' | 'undecodable' };

/** A PNG of the original's size. */
export interface Composite {
  blob: Blob;
  header: ImageHeader;
  /** A smaller copy to show on a card; the file itself if it is not large. */
  preview: Blob;
}

const headBytes = 128 * 1024;
/** How long decoded pictures stay in memory for the next call; dragging the feather makes many. */
const heldForMs = 20_000;

/** A masked edit with its pictures decoded. */
interface Scene {
  key: string;
  original: PicturePixels;
  mask: Raster;
  result: PicturePixels;
  /** Computed at their first use. */
  scaledResult?: PicturePixels;
  distances?: Uint16Array;
}

let held: Scene | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

const methods = { measure, compose };
export type CompositeWorker = typeof methods;
serveWorker(methods);

function measure(edit: MaskedEdit): Promise<{ measured: MeasuredEdit } | Failed> {
  return withScene(edit, async (scene) => {
    const change = measureOutsideChange(scene);
    return { measured: { change, inexactness: await inexactnessIn(scene, edit.original) } };
  });
}

/** @param feather in pixels of the original */
function compose({
  edit,
  feather,
}: {
  edit: MaskedEdit;
  feather: number;
}): Promise<{ composite: Composite } | Failed> {
  return withScene(edit, async (scene) => ({ composite: await composeScene(scene, feather) }));
}

interface Failed {
  failure: CompositeFailure;
}

async function withScene<T>(edit: MaskedEdit, work: (scene: Scene) => Promise<T>) {
  clearTimeout(timer);
  try {
    if (held?.key !== edit.key) {
      held = undefined;
      held = await decode(edit);
    }
    const failure = failureOf(held);
    return failure ? { failure } : await work(held);
  } catch {
    return { failure: { reason: 'undecodable' as const } };
  } finally {
    timer = setTimeout(() => {
      held = undefined;
    }, heldForMs);
  }
}

async function decode({ key, ...files }: MaskedEdit): Promise<Scene> {
  const original = await decodePixels(files.original);
  const mask = maskFromPicture(await decodePixels(files.mask));
  return { key, original, mask, result: await decodePixels(files.result) };
}

function failureOf({ original, mask, result }: Scene): CompositeFailure | undefined {
  const sizeOf = ({ width, height }: PicturePixels) => ({ width, height });
  if (mask.width !== original.width || mask.height !== original.height) {
    return { reason: 'maskSize' };
  }
  if (isSameShape(original, result)) return undefined;
  return { reason: 'shape', original: sizeOf(original), result: sizeOf(result) };
}

async function composeScene(scene: Scene, feather: number): Promise<Composite> {
  const { original, mask, result } = scene;
  const isSameSize = result.width === original.width && result.height === original.height;
  scene.scaledResult ??= isSameSize ? result : scalePixels(result, original);
  scene.distances ??= innerDistances(mask);
  const edit = { ...scene.scaledResult, rgba: scene.scaledResult.rgba.slice() };
  compositeInto({ original, edit, mask, distances: scene.distances, feather });
  const canvas = toCanvas(edit);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  const header = readImageHeader(new Uint8Array(await blob.slice(0, headBytes).arrayBuffer()));
  if (!header) throw new Error('This browser writes no PNG.');
  const preview = blob.size > largeBytes ? await shrinkBitmap(canvas, previewSide) : blob;
  // The file always has an alpha channel, so its header does not tell whether anything is transparent.
  return { blob: weighBlob(blob), header: { ...header, hasAlpha: !isOpaque(edit) }, preview };
}

async function inexactnessIn({ original }: Scene, file: Blob): Promise<Inexactness[]> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const storage = readPixelStorage(head);
  const isConverted = storage?.isTagged === true && !(await isAsStored(original, file));
  return inexactnessOf({ storage, isOpaque: isOpaque(original), isConverted });
}

/** Whether a file's colours are shown as the numbers that it holds: most that are tagged are sRGB. */
async function isAsStored(shown: PicturePixels, file: Blob): Promise<boolean> {
  const stored = await decodePixels(file, { colours: 'stored' });
  return stored.rgba.every((value, at) => value === shown.rgba[at]);
}

/**
 * Decodes a picture to upright pixels in sRGB. An opaque picture with eight bits of sRGB is decoded exactly.
 * @param colours `stored`: the values in the file, without a conversion to sRGB
 */
export async function decodePixels(
  file: Blob,
  { colours = 'converted' }: { colours?: 'converted' | 'stored' } = {},
): Promise<PicturePixels> {
  const colorSpaceConversion = colours === 'stored' ? 'none' : 'default';
  const bitmap = await createImageBitmap(file, { colorSpaceConversion });
  try {
    return readPixels(bitmap, bitmap);
  } finally {
    bitmap.close();
  }
}

/** Resamples pixels to another size. */
export function scalePixels(pixels: PicturePixels, size: Size): PicturePixels {
  return readPixels(toCanvas(pixels), size);
}

/** A canvas with these pixels. If they are opaque, its files have no alpha channel. */
export function toCanvas(pixels: PicturePixels): OffscreenCanvas {
  const { width, height, rgba } = pixels;
  const { canvas, context } = openCanvas({ width, height }, { alpha: !isOpaque(pixels) });
  const data = new ImageData(width, height);
  data.data.set(rgba);
  context.putImageData(data, 0, 0);
  return canvas;
}

function readPixels(source: CanvasImageSource, { width, height }: Size): PicturePixels {
  const { context } = openCanvas({ width, height });
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}

function openCanvas({ width, height }: Size, { alpha = true }: { alpha?: boolean } = {}) {
  const canvas = new OffscreenCanvas(width, height);
  // The pixels are only read, and reading them back from a graphics card is slow.
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha });
  if (!context) throw new Error('There is no memory for a canvas of this size.');
  return { canvas, context };
}
