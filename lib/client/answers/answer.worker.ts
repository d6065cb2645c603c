import { pause } from '../browser/pause';
import { isTransparent } from '../pictures/is-transparent';
import type { FollowEvent, ImagesAnswerEvent } from './answer-events';
import { createPicturesReader } from './images-reader';
import { readAnswer } from './read-answer';
import { serveWorker } from './serve-worker';

// Reads the answers of the image endpoints.

serveWorker<FollowEvent>(async ({ id, signal, tell, keep, finishFirst }) => {
  const report = (event: ImagesAnswerEvent) => {
    if (signal.aborted) return;
    tell(event);
    if (event.type !== 'picture') return;
    const { index, picture, blob } = event;
    keep(picture.hash, blob);
    if (picture.header?.hasAlpha) finishFirst(lookThrough(index, blob));
  };
  const lookThrough = async (index: number, blob: Blob) => {
    try {
      tell({ type: 'transparency', index, isTransparent: await isTransparent(blob) });
    } catch {
      // What cannot be decoded here says so where it is shown.
    }
  };
  const wait = (milliseconds: number) => pause(milliseconds, signal).catch(() => {});
  await readAnswer({ id, reader: createPicturesReader(report), report, signal, wait });
});
