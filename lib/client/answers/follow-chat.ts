import type { AnswerTold } from '../../core/chat/answer-state';
import { rememberPicture } from '../pictures/picture-files';
import type { ReadEvent } from '../runs/run-engine';
import type { ChatTold } from './chat-reader';
import { followWorker } from './follow-worker';

/** Reads the answer of a conversation in a worker of its own, as `followWorker` has it. */
export function followChat({
  id,
  signal,
  report,
}: {
  id: string;
  signal: AbortSignal;
  report: (event: ReadEvent<AnswerTold>) => void;
}): Promise<void> {
  return followWorker<ReadEvent<ChatTold>>({
    worker: new Worker(new URL('./chat.worker.ts', import.meta.url), { type: 'module' }),
    id,
    signal,
    report(event) {
      if (event.type === 'file') rememberPicture(event.hash, event.file);
      else report(event);
    },
  });
}
