import type { FollowEvent, WorkerCommand, WorkerEvent } from './answer-events';
import { pictureIsKept, rememberPicture } from './pictures';
import { reportKeeping } from './stores/keeping';

/**
 * Reads the answer to a run in a worker of its own and reports what becomes of it.
 * @param signal ends the reading; what has arrived whole is still kept
 * @returns resolves when nothing more comes and what could be kept is kept
 * @throws if the worker's script could not be loaded
 */
export function followAnswer({
  id,
  signal,
  report,
}: {
  id: string;
  signal: AbortSignal;
  report: (event: FollowEvent) => void;
}): Promise<void> {
  const worker = new Worker(new URL('./answer.worker.ts', import.meta.url), { type: 'module' });
  const tell = (command: WorkerCommand) => worker.postMessage(command);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: event }: MessageEvent<WorkerEvent>) => {
      if (event.type === 'finished') resolve();
      else if (event.type === 'kept') pictureIsKept(event.hash);
      // It is there until the page is left, and the designer is told.
      else if (event.type === 'not-kept') reportKeeping(event.problem);
      else {
        if (event.type === 'picture') rememberPicture(event.picture.hash, event.blob);
        report(event);
      }
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    signal.addEventListener('abort', () => tell({ type: 'stop' }), { once: true });
    tell({ type: 'read', id });
  });
}
