import { connectWorker } from '../browser/worker-rpc';
import type { StoreWorker } from './store.worker';

/** The worker that goes through thousands of stored records. */
export const storeWorker = connectWorker<StoreWorker>(
  () => new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' }),
);
