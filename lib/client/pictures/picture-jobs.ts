import type { Offer } from '../../core/references/intake';
import { connectWorker } from '../browser/worker-rpc';
import type { FileKind } from '../storage/schema';
import { storedPictures } from '../storage/stored-pictures';
import type { MeasuredPicture } from './measure-picture';
import type { PictureWorker } from './picture.worker';
import {
  comingPreview,
  loadPicture,
  pictureIsNotKept,
  rememberPicture,
  untilCopied,
} from './picture-files';
import { previewSide } from './small-copies';
import { weighBlob } from './weigh-blob';

const start = () => new Worker(new URL('./picture.worker.ts', import.meta.url), { type: 'module' });
// Two workers of one script, so that thumbnails do not wait while a file of 50 MB is hashed.
const copies = connectWorker<PictureWorker>(start);
const files = connectWorker<PictureWorker>(start);

/** A smaller copy of a picture (longer side in pixels); undefined if it cannot be decoded. */
function shrinkPicture(picture: Blob, longerSide: number): Promise<Blob | undefined> {
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
  return 'failure' in read ? read : { ...remembered(read, 'added'), measured: read.measured };
}

/**
 * Stores a file that the app itself has made, such as a mask, without the checks for strangers' files.
 * @returns its hash (`loadPicture`)
 * @throws if the file cannot be read, or the worker fails
 */
export async function keepPicture(file: Blob, kind: 'mask' | 'derived'): Promise<string> {
  return remembered(await files.call('keep', { file, kind }), kind).hash;
}

// A file that cannot be stored stays in memory until the page is left, and the page says so.
function remembered({ hash, unkept }: Awaited<ReturnType<PictureWorker['keep']>>, kind: FileKind) {
  if (unkept) {
    rememberPicture(hash, unkept.blob);
    pictureIsNotKept({ hash, problem: unkept.problem, kind });
  }
  return { hash, isKept: unkept === null };
}

/**
 * The copy of a stored picture for walls (512 px). Each picture has one from its arrival on; an older
 * one gets it here, when it is first wanted.
 */
export async function loadSmallCopy(hash: string): Promise<Blob | undefined> {
  await untilCopied(hash);
  const known = await storedPictures.loadCopy(hash, 'small').catch(() => undefined);
  if (known) return known;
  const picture = await loadPicture(hash);
  const made = picture && (await copies.call('small', { picture }).catch(() => undefined));
  if (made) void storedPictures.saveCopy(hash, 'small', made.copy, made.color).catch(() => {});
  // If it cannot be shrunk, the picture itself may still be shown.
  return made?.copy ?? picture;
}

/** A stored picture's copy for small lists, for which the one of 256 px will do that older ones have. */
export async function loadThumbnail(hash: string): Promise<Blob | undefined> {
  const known = await storedPictures.loadThumbnail(hash).catch(() => undefined);
  return known ?? loadSmallCopy(hash);
}

/** The preview that a card shows of a large picture; ten large ones would be 500 MB of pixels. */
export async function loadPreview(hash: string): Promise<Blob | undefined> {
  const known =
    (await comingPreview(hash)) ??
    (await storedPictures.loadCopy(hash, 'preview').catch(() => undefined));
  if (known) return known;
  const picture = await loadPicture(hash);
  const made = picture && (await shrinkPicture(picture, previewSide));
  if (made) void storedPictures.saveCopy(hash, 'preview', made).catch(() => {});
  return made ?? picture;
}
