import { takeVisitorName } from '../api/visitor-name';
import { history, storageProblem } from '../storage/history';
import type { WorkerCommand, WorkerEvent } from './answer-events';

/** What the reading of one answer in a worker can use. */
export interface WorkerReading<Told> {
  /** Of the run. */
  id: string;
  /** Aborts when nobody wants the answer any more. */
  signal: AbortSignal;
  tell(event: Told): void;
  /** Keeps a picture's file, and tells whether it could. */
  keep(hash: string, file: Blob): void;
  /** Something else to be finished before the worker ends. */
  finishFirst(work: Promise<void>): void;
}

/**
 * Makes this worker one that reads one run's answer, so that the page never holds a picture as text.
 * It ends when everything is kept, or with the page.
 */
export function serveWorker<Told>(read: (reading: WorkerReading<Told>) => Promise<void>): void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const post = (event: WorkerEvent<Told>) => self.postMessage(event);
  const afterwards: Promise<void>[] = [];

  const keep = async (hash: string, file: Blob) => {
    try {
      if (!(await isReadable(file))) return post({ type: 'not-kept', hash, problem: 'full' });
      await history.savePicture(hash, file);
      post({ type: 'kept', hash });
    } catch (error) {
      post({ type: 'not-kept', hash, problem: storageProblem(error) });
    }
  };

  self.onmessage = async ({ data }: MessageEvent<WorkerCommand>) => {
    if (data.type === 'stop') return stopping.abort();
    takeVisitorName(data.visitor);
    await read({
      id: data.id,
      signal,
      tell: (event) => {
        if (!signal.aborted) post(event);
      },
      keep: (hash, file) => void afterwards.push(keep(hash, file)),
      finishFirst: (work) => void afterwards.push(work),
    });
    await Promise.all(afterwards);
    post({ type: 'finished' });
    self.close();
  };
}

/** Whether the browser had room for a file: some give one all the same, and say nothing. */
function isReadable(file: Blob): Promise<boolean> {
  return file
    .slice(-1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}
