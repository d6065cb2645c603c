import { rememberPicture } from '../pictures/picture-files';
import type { FollowEvent } from './answer-events';
import { followWorker } from './follow-worker';

/** Reads the answer of an image endpoint in a worker of its own, as `followWorker` has it. */
export function followImages({
  id,
  signal,
  report,
}: {
  id: string;
  signal: AbortSignal;
  report: (event: FollowEvent) => void;
}): Promise<void> {
  return followWorker<FollowEvent>({
    worker: new Worker(new URL('./answer.worker.ts', import.meta.url), { type: 'module' }),
    id,
    signal,
    report(event) {
      if (event.type === 'picture') rememberPicture(event.picture.hash, event.blob);
      report(event);
    },
  });
}
