import type { Checkpoint } from '../../core/mask/checkpoints';
import type {
  MaskAnswers,
  MaskOrder,
  MaskQuestion,
  MaskQuestions,
  MaskReply,
} from './mask-messages';

/** What a worker tells unasked. */
export interface MaskListeners {
  onShare(share: number): void;
  onCheckpoint(checkpoint: Checkpoint, branch: number): void;
  /** Nothing can be painted: there is no memory for the mask, or the worker could not be loaded. */
  onProblem(problem: 'memory' | 'worker'): void;
}

interface Asker {
  resolve: (answer: MaskAnswers[keyof MaskAnswers]) => void;
  reject: (error: Error) => void;
}

/** Starts a worker that holds one mask. */
export function openMaskWorker(listeners: MaskListeners) {
  const waiting = new Map<number, Asker>();
  let isBroken = false;
  let isClosed = false;
  let asked = 0;
  const worker = new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data: reply }: MessageEvent<MaskReply>) => {
    if (reply.type === 'share') listeners.onShare(reply.share);
    else if (reply.type === 'checkpoint') listeners.onCheckpoint(reply.checkpoint, reply.branch);
    else if (reply.type === 'no-memory') listeners.onProblem('memory');
    else {
      const asker = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.type === 'answer') asker?.resolve(reply.answer);
      else asker?.reject(new Error(reply.message));
      if (isClosed && waiting.size === 0) worker.terminate();
    }
  };
  worker.onerror = () => {
    isBroken = true;
    for (const { reject } of waiting.values())
      reject(new Error('The painter could not be loaded.'));
    waiting.clear();
    listeners.onProblem('worker');
  };

  return {
    order(order: MaskOrder) {
      worker.postMessage(order);
    },
    ask<Name extends keyof MaskQuestions>(
      type: Name,
      question: MaskQuestions[Name],
    ): Promise<MaskAnswers[Name]> {
      if (isBroken) return Promise.reject(new Error('The painter could not be loaded.'));
      if (isClosed) return Promise.reject(new Error('The painter was closed.'));
      const id = ++asked;
      worker.postMessage({ type, id, question } as MaskQuestion);
      return new Promise<MaskAnswers[Name]>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as Asker['resolve'], reject });
      });
    },
    /** What was asked for is still answered: an edit may be waiting for its mask. */
    close() {
      isClosed = true;
      if (waiting.size === 0) worker.terminate();
    },
  };
}
