import { createImagesAnswerReader } from '../../core/endpoints/images-answer';
import type { RunEvent } from '../../core/runs/run-entry';
import { createFileKeeper, type PictureFile } from './picture-collector';
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
  const { keeper, take } = createFileKeeper();
  // A picture that is there sooner is shown without a word before.
  let reportedAt = now();
  const reader = createImagesAnswerReader({
    keeper,
    onBytes: (index, bytes) => {
      if (now() - reportedAt < progressEveryMs) return;
      reportedAt = now();
      report({ type: 'arriving', index, bytes });
    },
    onPicture: (index, picture) => {
      const file = take(picture.hash);
      if (file) report(file);
      report({ type: 'picture', index, picture: { kind: 'picture', ...picture } });
    },
  });
  return {
    write: reader.write,
    end: (durationMs) => report({ type: 'end', answer: reader.end(), durationMs }),
  };
}
