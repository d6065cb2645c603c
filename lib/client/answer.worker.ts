import type { AnswerEvent, FollowEvent } from './answer-events';
import { isTransparent } from './is-transparent';
import { pause } from './pause';
import { readAnswer } from './read-answer';
import { createPicturesReader } from './read-pictures';
import { serveWorker } from './serve-worker';

// Reads the answers of the image endpoints.

serveWorker<FollowEvent>(async ({ id, signal, tell, keep, finishFirst }) => {
  const report = (event: AnswerEvent) => {
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
  await readAnswer({ id, reader: createPicturesReader({ report }), report, signal, wait });
});
