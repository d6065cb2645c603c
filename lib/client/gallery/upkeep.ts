import { createStore } from 'zustand/vanilla';
import { deleteRun } from '../api/api';
import type { FillProgress } from '../storage/fill-cards';
import { keepUnkept } from '../storage/storage-status';
import { type GoneRun, trashMs } from '../storage/trash';
import { storeWorker } from './store-worker';

// What the storage needs now and then, and nobody waits for.

/** A server forgets a run within days, so it is told of no older one. */
const serverMs = 7 * 24 * 60 * 60 * 1000;
/** So long nothing is done after the start, so that the page comes first. */
const firstWaitMs = 2000;

/** How far the cards are made of what was stored before there were any; null: nothing is to be done. */
export const fillingStore = createStore<{ progress: FillProgress | null }>(() => ({
  progress: null,
}));

/** Fills the gallery's index, and lets go of what was removed long ago. Throws nothing. */
export async function keepTidy(): Promise<void> {
  try {
    await fillCards();
    await purgeTrash(Date.now() - trashMs);
  } catch {
    // Where nothing is stored there is nothing to tidy; else the next start goes on.
  }
}

/** Begins with it once the page has been painted and has had time to load. */
export function keepTidySoon(): void {
  setTimeout(() => void keepTidy(), firstWaitMs);
}

/**
 * Lets go of all that was removed before a time (ms since 1970) for good; the room is used by what waits
 * for some.
 */
export async function purgeTrash(before: number): Promise<void> {
  const gone = await storeWorker.call('purge', { before });
  await keepUnkept();
  await tellServer(gone, Date.now());
}

/** Tells the server what it need not store any more, one run at a time. */
export async function tellServer(
  gone: readonly GoneRun[],
  now: number,
  tell: typeof deleteRun = deleteRun,
): Promise<void> {
  for (const { key, createdAt } of gone) {
    if (createdAt > now - serverMs) await tell(key).catch(() => {});
  }
}

async function fillCards(): Promise<void> {
  const onEvent = (progress: FillProgress) =>
    fillingStore.setState({ progress: progress.isDone ? null : progress });
  await storeWorker.call('fill', {}, { onEvent });
}
