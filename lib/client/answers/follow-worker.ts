import { visitorName } from '../api/visitor-name';
import { pictureIsKept } from '../pictures/picture-files';
import { reportStorageProblem } from '../storage/storage-status';
import type { WorkerCommand, WorkerEvent } from './answer-events';

/**
 * Has a worker read the answer to a run, and reports what becomes of it.
 * @param signal ends the reading; what has arrived whole is still kept
 * @returns resolves when nothing more comes and what could be kept is kept
 * @throws if the worker's script could not be loaded
 */
export function followWorker<Told extends { type: string }>({
  worker,
  id,
  signal,
  report,
}: {
  worker: Worker;
  id: string;
  signal: AbortSignal;
  report: (event: Told) => void;
}): Promise<void> {
  const order = (command: WorkerCommand) => worker.postMessage(command);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerEvent<Told>>) => {
      const event = data as WorkerEvent<never>;
      if (event.type === 'finished') resolve();
      else if (event.type === 'kept') pictureIsKept(event.hash);
      // It is there until the page is left, and the designer is told.
      else if (event.type === 'not-kept') reportStorageProblem(event.problem);
      else report(data as Told);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    signal.addEventListener('abort', () => order({ type: 'stop' }), { once: true });
    order({ type: 'read', id, visitor: visitorName() });
  });
}
