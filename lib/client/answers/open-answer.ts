import { visitorName } from '../api/visitor-name';
import { connectWorker } from '../browser/worker-rpc';
import { pictureIsKept, pictureIsNotKept, rememberPicture } from '../pictures/picture-files';
import type { AnswerReading } from '../runs/run-attempt';
import { reportConnection } from '../runs/runs-store';
import type { AnswerEvents, AnswerWorker, AnswerWorkerEvent } from './worker';

/**
 * Reads the answer to a run in a worker of its own, and reports it as it arrives. Its pictures are at
 * hand (`loadPicture`) before the event that names them.
 * @param signal ends the reading; a picture that has arrived whole is still kept
 * @returns resolves when nothing more comes and what could be kept is kept
 * @throws if the worker could not be loaded, or has died
 */
export async function openAnswer<Kind extends keyof AnswerEvents>(
  kind: Kind,
  id: string,
  { signal, report }: AnswerReading<AnswerEvents[Kind]>,
): Promise<void> {
  const worker = connectWorker<AnswerWorker>(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  const onEvent = (event: AnswerWorkerEvent) => {
    if (event.type === 'file') rememberPicture(event.hash, event.file);
    else if (event.type === 'kept') pictureIsKept(event.hash);
    else if (event.type === 'not-kept') pictureIsNotKept({ ...event, kind: 'made' });
    else if (event.type === 'connection') reportConnection(worker, event.isLost);
    else report(event as AnswerEvents[Kind]);
  };
  try {
    await worker.call('read', { kind, id, visitor: visitorName() }, { signal, onEvent });
  } finally {
    worker.close();
    reportConnection(worker, false);
  }
}
