import { createImagesAnswerReader } from '../../core/endpoints/images-answer';
import type { RunEvent } from '../../core/runs/run-entry';
import { createPictureCollector, type PictureFile, pictureFile } from './picture-collector';
import type { BytesReader } from './read-answer';

const progressEveryMs = 200;

/** What the answer of an image endpoint is found to hold. */
export type ImagesAnswerEvent = Extract<
  RunEvent,
  { type: 'arriving' | 'picture' | 'transparency' | 'end' }
>;

/** Cuts the pictures out of the bytes of an image endpoint's answer, and reports them. */
export function createImagesBytesReader(
  report: (event: ImagesAnswerEvent | PictureFile) => void,
  now: () => number = Date.now,
): BytesReader {
  const collectors = new Map<number, ReturnType<typeof createPictureCollector>>();
  let reportedAt = 0;
  const reader = createImagesAnswerReader({
    onStart: (index) => collectors.set(index, createPictureCollector()),
    onBytes: (index, bytes) => {
      const collector = collectors.get(index);
      collector?.add(bytes);
      if (!collector || now() - reportedAt < progressEveryMs) return;
      reportedAt = now();
      report({ type: 'arriving', index, bytes: collector.size });
    },
    onEnd: (index, isWhole) => {
      const collector = collectors.get(index);
      collectors.delete(index);
      if (!collector || collector.size === 0 || !isWhole) return;
      const { size } = collector;
      const found = collector.finish();
      const { hash, header } = found;
      report(pictureFile(found));
      const picture = { kind: 'picture' as const, hash, byteLength: size, header };
      report({ type: 'picture', index, picture });
    },
  });
  return {
    write: reader.write,
    end: (durationMs) => report({ type: 'end', answer: reader.end(), durationMs }),
  };
}
