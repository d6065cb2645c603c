import { readImageHeader } from '../../core/bytes/image-header';
import { compositeInto } from '../../core/mask/composite';
import { type Inexactness, inexactnessOf, readPixelStorage } from '../../core/mask/exactness';
import { innerDistances } from '../../core/mask/inner-distance';
import { measureOutsideChange } from '../../core/mask/outside-change';
import { maskFromPicture, type PicturePixels } from '../../core/mask/picture-pixels';
import type { Raster } from '../../core/mask/raster';
import { isSameShape } from '../../core/mask/same-shape';
import { isOpaque } from '../../core/mask/shrink-pixels';
import { largeBytes, previewSide } from '../pictures/copy-sizes';
import { shrinkBitmap } from '../pictures/shrink-bitmap';
import type {
  Composite,
  CompositeAnswer,
  CompositeFailure,
  CompositeOrder,
  MaskedEdit,
} from './composite-messages';
import { decodePixels, scalePixels, toCanvas } from './decode-pixels';

// Measures edits and puts originals back round them: 4K pictures are 33 MB each once decoded, which
// the page itself shall neither hold nor work through.

const headBytes = 128 * 1024;
/** How long decoded pictures are held for the next order; moving a feather gives many. */
const heldForMs = 20_000;

/** A masked edit with its pictures decoded. */
interface Scene {
  key: string;
  original: PicturePixels;
  mask: Raster;
  result: PicturePixels;
  /** Made where they are needed first. */
  scaledResult?: PicturePixels;
  distances?: Uint16Array;
}

let held: Scene | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

type Answer = CompositeAnswer extends infer One
  ? One extends { id: number }
    ? Omit<One, 'id'>
    : never
  : never;

self.onmessage = async ({ data: order }: MessageEvent<CompositeOrder>) => {
  clearTimeout(timer);
  const answer = await carryOut(order).catch(
    (): Answer => ({ kind: 'failed', failure: { reason: 'undecodable' } }),
  );
  self.postMessage({ ...answer, id: order.id });
  timer = setTimeout(() => {
    held = undefined;
  }, heldForMs);
};

async function carryOut(order: CompositeOrder): Promise<Answer> {
  const { edit } = order;
  if (held?.key !== edit.key) {
    held = undefined;
    held = await decode(edit);
  }
  const failure = failureOf(held);
  if (failure) return { kind: 'failed', failure };
  if (order.kind === 'compose') {
    return { kind: 'composed', composite: await compose(held, order.feather) };
  }
  const change = measureOutsideChange(held);
  const inexactness = await inexactnessIn(held, edit.original);
  return { kind: 'measured', measured: { change, inexactness } };
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

async function compose(scene: Scene, feather: number): Promise<Composite> {
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
  // The file has room for transparency, whether there is any or not.
  return { blob, header: { ...header, hasAlpha: !isOpaque(edit) }, preview };
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
