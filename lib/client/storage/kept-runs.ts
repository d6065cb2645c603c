import { addedCardId } from '../../core/gallery/card';
import type { RunEntry } from '../../core/runs/run-entry';
import { cardStores, putRunCards, rewriteRunCard } from './cards';
import type { WriteTransaction } from './database';
import type { KeptCard, KeptRun } from './schema';

/** The stores that a transaction needs which writes runs. */
export const runStores = ['runs', 'removedRuns', ...cardStores] as const;

/** Writes a run, to where it belongs, and its card. @param removedAt null: it is not removed */
export function putRun(
  transaction: WriteTransaction,
  entry: RunEntry,
  removedAt: number | null,
): Promise<void> {
  return putKept(transaction, keptRun(entry), removedAt);
}

/** Writes a run that is not removed and has no other pictures than its card before. */
export async function rewriteRun(
  transaction: WriteTransaction,
  entry: RunEntry,
  before: KeptCard,
): Promise<void> {
  await Promise.all([
    transaction.objectStore('runs').put(keptRun(entry)),
    rewriteRunCard(transaction, entry, before),
  ]);
}

/** Removes a run as it is stored, or restores it. Even a damaged one can be removed. */
export async function moveRun(
  transaction: WriteTransaction,
  run: KeptRun & { removedAt?: number },
  removedAt: number | null,
): Promise<void> {
  const { removedAt: before, ...kept } = run;
  const from = before === undefined ? 'runs' : 'removedRuns';
  await transaction.objectStore(from).delete(run.id);
  await putKept(transaction, kept, removedAt);
}

async function putKept(
  transaction: WriteTransaction,
  run: KeptRun,
  removedAt: number | null,
): Promise<void> {
  await Promise.all([
    removedAt === null
      ? transaction.objectStore('runs').put(run)
      : transaction.objectStore('removedRuns').put({ ...run, removedAt }),
    putRunCards(transaction, entryOf(run), removedAt),
  ]);
}

/** The ids of the cards that a run may have: its own, and those of the pictures that were added for it. */
export function cardIdsOf({ id, edit }: Pick<RunEntry, 'id' | 'edit'>): string[] {
  return [id, ...(edit?.references ?? []).map(({ hash }) => addedCardId(hash))];
}

function keptRun(entry: RunEntry): KeptRun {
  const pictures = new Set<string>();
  const removedPictures = new Set<string>();
  for (const { hash } of entry.edit?.references ?? []) pictures.add(hash);
  if (entry.edit?.mask) pictures.add(entry.edit.mask.hash);
  for (const slot of entry.slots) {
    if (slot.kind === 'picture') pictures.add(slot.hash);
    // Stored for as long as it can be restored.
    if (slot.kind === 'removed') pictures.add(slot.picture.hash);
    if (slot.kind === 'removed') removedPictures.add(slot.picture.hash);
  }
  return { ...entry, pictures: [...pictures], removedPictures: [...removedPictures] };
}

/** A run without the fields of the indexes. */
export function entryOf(run: KeptRun & { removedAt?: number }): RunEntry {
  const { pictures: _pictures, removedPictures: _removed, removedAt: _at, ...entry } = run;
  return entry;
}
