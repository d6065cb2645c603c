import { pageHeaders } from '../api/page-headers';
import {
  awaitCopies,
  pictureIsKept,
  pictureIsNotKept,
  rememberPicture,
} from '../pictures/picture-files';
import type { AnswerReading } from '../runs/run-attempt';
import type { LentConnection } from '../runs/run-requests';
import { reportConnection } from '../runs/runs-store';
import { createAnswerWorkers } from './answer-workers';
import type { AnswerEvents, AnswerWorkerEvent } from './worker';

const workers = createAnswerWorkers();

/**
 * Gets ready to read an answer that will come, and asks for it already where there is a connection to
 * `spare`. Returns what says that it is not awaited any more.
 */
export function awaitAnswer(id: string, spare: LentConnection | undefined): () => void {
  if (!spare) return workers.awaitAnswer();
  const asking = new AbortController();
  const stop = () => asking.abort();
  spare.signal.addEventListener('abort', stop);
  const leave = workers.awaitAnswer(id, (worker) =>
    worker
      .call('ask', { id, headers: pageHeaders() }, { signal: asking.signal })
      .finally(spare.giveBack),
  );
  return () => {
    stop();
    leave();
  };
}

/**
 * Reads the answer to a run in a worker, and reports it as it arrives. Its pictures are at hand
 * (`loadPicture`) before the event that names them.
 * @param signal ends the reading; a picture that has arrived whole is still kept
 * @returns resolves when nothing more comes and what could be kept is kept
 * @throws if the worker could not be loaded, or has died
 */
export async function openAnswer<Kind extends keyof AnswerEvents>(
  kind: Kind,
  id: string,
  { signal, report }: AnswerReading<AnswerEvents[Kind]>,
): Promise<void> {
  const connection = {};
  const copies = new Map<string, ReturnType<typeof awaitCopies>>();
  const onEvent = (event: AnswerWorkerEvent) => {
    if (event.type === 'file') {
      rememberPicture(event.hash, event.file);
      copies.set(event.hash, awaitCopies(event.hash, event.file));
    } else if (event.type === 'preview') copies.get(event.hash)?.previewIsMade(event.preview);
    else if (event.type === 'copied') copies.get(event.hash)?.end();
    else if (event.type === 'kept') pictureIsKept(event.hash);
    else if (event.type === 'not-kept') pictureIsNotKept({ ...event, kind: 'made' });
    else if (event.type === 'connection') reportConnection(connection, event.isLost && 'server');
    else report(event as AnswerEvents[Kind]);
  };
  try {
    await workers.read(
      id,
      (worker) =>
        new Promise((resolve, reject) => {
          const tell = (event: AnswerWorkerEvent) =>
            event.type === 'read' ? resolve() : onEvent(event);
          worker
            .call('read', { kind, id, headers: pageHeaders() }, { signal, onEvent: tell })
            .catch(reject)
            .finally(() => {
              for (const one of copies.values()) one.end();
            });
        }),
    );
  } finally {
    reportConnection(connection, false);
  }
}
