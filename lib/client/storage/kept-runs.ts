import { addedCardId } from '../../core/gallery/card';
import type { AnyRun, Cell, RunEntry } from '../../core/runs/run-entry';
import { cardStores, putRunCards, rewriteRunCard } from './cards';
import type { WriteTransaction } from './database';
import type { KeptCard, KeptRun } from './schema';

/** The stores that a transaction needs which writes runs. */
export const runStores = ['runs', 'cells', 'removedRuns', ...cardStores] as const;

/** Writes a run, to where it belongs, and its card. @param removedAt null: it is not removed */
export function putRun(
  transaction: WriteTransaction,
  entry: AnyRun,
  removedAt: number | null,
): Promise<void> {
  return putKept(transaction, keptRun(entry), removedAt);
}

/** Writes a run that is not removed and has no other pictures than its card before. */
export async function rewriteRun(
  transaction: WriteTransaction,
  entry: AnyRun,
  before: KeptCard,
): Promise<void> {
  await Promise.all([
    putInPlace(transaction, keptRun(entry)),
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
  const place = run.cell ? 'cells' : 'runs';
  await transaction.objectStore(before === undefined ? place : 'removedRuns').delete(run.id);
  await putKept(transaction, kept, removedAt);
}

async function putKept(
  transaction: WriteTransaction,
  run: KeptRun,
  removedAt: number | null,
): Promise<void> {
  await Promise.all([
    removedAt === null
      ? putInPlace(transaction, run)
      : transaction.objectStore('removedRuns').put({ ...run, removedAt }),
    putRunCards(transaction, entryOf(run), removedAt),
  ]);
}

/** Finds a run that is not removed, of an experiment or not. */
export async function findKept(
  transaction: WriteTransaction,
  id: string,
): Promise<KeptRun | undefined> {
  const [run, cell] = await Promise.all([
    transaction.objectStore('runs').get(id),
    transaction.objectStore('cells').get(id),
  ]);
  return run ?? cell;
}

/** Writes a run that is not removed; those of experiments have a store of their own. */
function putInPlace(transaction: WriteTransaction, run: KeptRun): Promise<string> {
  return run.cell
    ? transaction.objectStore('cells').put(run as KeptRun<Cell>)
    : transaction.objectStore('runs').put(run as KeptRun<RunEntry>);
}

/** The ids of the cards that a run may have: its own, and those of the pictures that were added for it. */
export function cardIdsOf({ id, edit }: Pick<AnyRun, 'id' | 'edit'>): string[] {
  return [id, ...(edit?.references ?? []).map(({ hash }) => addedCardId(hash))];
}

function keptRun(entry: AnyRun): KeptRun {
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
export function entryOf<R extends AnyRun>(run: KeptRun<R> & { removedAt?: number }): R {
  const { pictures: _pictures, removedPictures: _removed, removedAt: _at, ...entry } = run;
  return entry as unknown as R;
}
