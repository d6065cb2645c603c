import type { Offer } from '../../core/references/intake';
import { connectWorker } from '../browser/worker-rpc';
import { history } from '../storage/history';
import { reportStorageProblem } from '../storage/storage-status';
import type { MeasuredPicture } from './measure-picture';
import type { PictureWorker } from './picture.worker';
import { loadPicture, rememberPicture } from './picture-files';
import { previewSide, thumbnailSide } from './small-copies';
import { weighBlob } from './weigh-blob';

const start = () => new Worker(new URL('./picture.worker.ts', import.meta.url), { type: 'module' });
// Two workers of one script, so that thumbnails do not wait while a file of 50 MB is hashed.
const copies = connectWorker<PictureWorker>(start);
const files = connectWorker<PictureWorker>(start);

/** A smaller copy of a picture (longer side in pixels); undefined if it cannot be decoded. */
export function shrinkPicture(picture: Blob, longerSide: number): Promise<Blob | undefined> {
  return copies.call('shrink', { picture, longerSide }).catch(() => undefined);
}

/**
 * A picture in another format, upright and at its full size: PNG, or JPEG of quality 92 on white.
 * Undefined if the browser cannot do it.
 */
export async function convertPicture(picture: Blob, to: Offer): Promise<Blob | undefined> {
  const converted = await files.call('convert', { picture, to }).catch(() => undefined);
  return converted && weighBlob(converted);
}

/** What a picture is found to be once it is decoded; undefined if it cannot be decoded. */
export function measurePicture(picture: Blob): Promise<MeasuredPicture> {
  return copies.call('measure', { picture }).catch(() => undefined);
}

/**
 * Reads a stranger's file, decodes and measures it, and stores it (`loadPicture`).
 * @returns its hash and what it was found to be, or why it is not taken
 * @throws if the worker fails
 */
export async function readPicture(file: Blob) {
  const read = await files.call('intake', { file });
  return 'failure' in read ? read : { ...remembered(read), measured: read.measured };
}

/**
 * Stores a file that the app itself has made, such as a mask, without the checks for strangers' files.
 * @returns its hash (`loadPicture`)
 * @throws if the file cannot be read, or the worker fails
 */
export async function keepPicture(file: Blob): Promise<string> {
  return remembered(await files.call('keep', { file })).hash;
}

// A file that cannot be stored stays in memory until the page is left, and the page says so.
function remembered({ hash, unkept }: Awaited<ReturnType<PictureWorker['keep']>>) {
  if (unkept) {
    rememberPicture(hash, unkept.blob);
    reportStorageProblem(unkept.problem);
  }
  return { hash, isKept: unkept === null };
}

const sizes = { thumbnail: thumbnailSide, preview: previewSide };

/** A stored picture's thumbnail for lists; it is made at its first use, and stored. */
export function loadThumbnail(hash: string): Promise<Blob | undefined> {
  return loadCopy(hash, 'thumbnail');
}

/** The preview that a card shows of a large picture; ten large ones would be 500 MB of pixels. */
export function loadPreview(hash: string): Promise<Blob | undefined> {
  return loadCopy(hash, 'preview');
}

async function loadCopy(hash: string, kind: keyof typeof sizes): Promise<Blob | undefined> {
  const known = await history.loadCopy(hash, kind).catch(() => undefined);
  if (known) return known;
  const picture = await loadPicture(hash);
  const made = picture && (await shrinkPicture(picture, sizes[kind]));
  if (made) void history.saveCopy(hash, kind, made).catch(() => {});
  // If it cannot be shrunk, the picture itself may still be shown.
  return made ?? picture;
}
