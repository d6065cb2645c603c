import { thumbnailSide } from '../pictures/copy-sizes';
import { shrinkBitmap } from '../pictures/shrink-bitmap';
import { history, storageProblem } from '../storage/history';
import { readFile } from './read-file';
import type { ReadAnswer, ReadFailure, ReadOrder } from './read-messages';

// Takes a file in: off the page, which would stand still while 50 MB are hashed and decoded.

self.onmessage = async ({ data: { id, file } }: MessageEvent<ReadOrder>) => {
  const answer = await takeIn(file).catch(() => ({ failure: 'unread' as const }));
  self.postMessage({ id, ...answer } satisfies ReadAnswer);
};

async function takeIn(
  file: Blob,
): Promise<{ failure: ReadFailure } | Omit<Extract<ReadAnswer, { hash: string }>, 'id'>> {
  const read = await readFile(file);
  if ('failure' in read) return read;
  const { hash, blob } = read;
  const thumbnail = await makeThumbnail(blob);
  if (!thumbnail) return { failure: 'undecodable' };
  try {
    await history.savePicture(hash, blob);
    void history.saveCopy(hash, 'thumbnail', thumbnail).catch(() => {});
    return { hash, unkept: null };
  } catch (error) {
    return { hash, unkept: { blob, problem: storageProblem(error) } };
  }
}

async function makeThumbnail(picture: Blob): Promise<Blob | undefined> {
  const whole = await createImageBitmap(picture).catch(() => undefined);
  if (!whole) return undefined;
  try {
    return await shrinkBitmap(whole, thumbnailSide);
  } finally {
    whole.close();
  }
}
