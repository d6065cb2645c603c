import { serveWorker } from '../browser/serve-worker';
import { tellTabs } from '../browser/tabs';
import { pause } from '../browser/timers';
import type { CallContext } from '../browser/worker-rpc';
import { conversationHistory } from '../storage/conversations';
import { type FillProgress, fillBatch, isFilled } from '../storage/fill-cards';
import { cardsFrom, usedSpace } from '../storage/kept-cards';
import type { KeptCard } from '../storage/schema';
import { type GoneRun, trash } from '../storage/trash';

// What goes through thousands of records, off the page's thread.

const methods = { older, fill, purge, space };
export type StoreWorker = typeof methods;
serveWorker(methods);

/** Between two batches other transactions have their turn. */
const betweenMs = 20;

/** Reads the cards from one on, and reports them in parts, newest first. */
async function older(
  { order }: { order: number },
  { emit, signal }: CallContext<KeptCard[]>,
): Promise<void> {
  for await (const cards of cardsFrom(order)) {
    if (signal.aborted) return;
    emit(cards);
  }
}

/** Makes the cards of what was stored before there were any, batch after batch. */
async function fill(
  _: Record<string, never>,
  { emit, signal }: CallContext<FillProgress>,
): Promise<void> {
  if (await isFilled()) return;
  for (;;) {
    const progress = await fillBatch();
    emit(progress);
    if (progress.isDone || signal.aborted) return;
    await pause(betweenMs);
  }
}

/** Lets go of what was removed before a time, batch after batch. @returns the runs and answers that went */
async function purge({ before }: { before: number }): Promise<GoneRun[]> {
  const all: GoneRun[] = [...(await conversationHistory.purgeConversations(before))];
  const ids: string[] = [];
  try {
    for (;;) {
      const { gone, changed, isDone } = await trash.purge(before);
      all.push(...gone);
      ids.push(...changed);
      if (isDone) return all;
      await pause(betweenMs);
    }
  } finally {
    // The page of this worker hears it too: no tab may offer to restore what is gone.
    if (ids.length > 0) tellTabs({ type: 'changed', ids });
  }
}

function space(_: Record<string, never>) {
  return usedSpace();
}
