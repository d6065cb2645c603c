import { readImageHeader } from '../../core/bytes/image-header';
import { noMark, orientationMarks } from '../../core/bytes/orientation-marks';
import { headerAsSeen } from '../../core/pictures/stored-picture';
import type { Attachment } from '../../core/references/reference';

/** Two decoded pictures are compared in copies with so many pixels per side. */
const samples = 64;
/** What scaling may change of a value. */
const tolerance = 2;

/** What a picture is found to be once it is decoded; undefined: its first bytes are no picture's. */
export type MeasuredPicture = Pick<Attachment, 'header' | 'isStoredAsSeen'> | undefined;

/**
 * Compares a file's header with its decoded bitmap, which decides how large the picture is, and finds
 * whether programs that ignore its orientation read the same pixels. For workers: it reads the whole file.
 * @param seen the picture as the browser decodes it
 */
export async function measurePicture(picture: Blob, seen: ImageBitmap): Promise<MeasuredPicture> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const read = readImageHeader(bytes);
  if (!read) return undefined;
  const { width, height } = seen;
  const header = headerAsSeen(read, { width, height });
  const isWhole = read.width === width && read.height === height;
  const isUpright = isWhole && header.orientation === 1;
  const isStoredAsSeen = isUpright && (await isSeenUnturned(bytes, seen));
  return { header, isStoredAsSeen };
}

/** Whether the browser decodes the same pixels if nothing in the file can turn them. */
async function isSeenUnturned(bytes: Uint8Array<ArrayBuffer>, seen: ImageBitmap): Promise<boolean> {
  const marks = orientationMarks(bytes);
  if (!marks) return false;
  if (marks.length === 0) return true;
  for (const mark of marks) bytes.set(noMark, mark);
  const stored = await createImageBitmap(new Blob([bytes])).catch(() => null);
  if (!stored) return false;
  const isSameSize = stored.width === seen.width && stored.height === seen.height;
  const [one, other] = [sample(stored), sample(seen)];
  stored.close();
  return isSameSize && one.every((value, at) => Math.abs(value - (other[at] ?? 0)) <= tolerance);
}

function sample(bitmap: ImageBitmap): Uint8ClampedArray {
  const context = new OffscreenCanvas(samples, samples).getContext('2d');
  if (!context) throw new Error('There is no memory for a canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, samples, samples);
  return context.getImageData(0, 0, samples, samples).data;
}
