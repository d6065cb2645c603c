import { troubleOfConnection } from '../core/trouble';
import type { RunCommand, RunEvent } from './run-events';
import type { RunRequest } from './runs';

/**
 * Starts a run in a worker of its own and reports what becomes of it.
 * @returns stops it at once; nothing is reported after that
 */
export function followRun(run: RunRequest, report: (event: RunEvent) => void): () => void {
  const worker = new Worker(new URL('./answer.worker.ts', import.meta.url), { type: 'module' });
  const tell = (command: RunCommand) => worker.postMessage(command);
  worker.onmessage = ({ data }: MessageEvent<RunEvent>) => report(data);
  // The script itself could not be loaded: nothing was sent.
  worker.onerror = ({ message }) => {
    const trouble = troubleOfConnection('network', message);
    report({ type: 'trouble', trouble: { ...trouble, mayBeCharged: false } });
  };
  tell({ type: 'start', run });
  return () => {
    worker.onmessage = null;
    worker.onerror = null;
    tell({ type: 'stop' });
  };
}
