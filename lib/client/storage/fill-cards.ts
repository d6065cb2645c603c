import { tellCards } from '../browser/tabs';
import { cardStores, putFile, putMessageCards, putRunCards } from './cards';
import { type Connection, connection, openToWrite, type WriteTransaction } from './database';
import { cardIdsOf, entryOf } from './kept-runs';
import { copyKinds, type Filling, type FillSource, type KeptRun } from './schema';

// Cards and file records of what was stored before there were any. It goes in batches, each of them one
// transaction that also notes how far it came: it can end anywhere, and two tabs can take turns.

/** How far the filling has come, in records. */
export interface FillProgress {
  done: number;
  total: number;
  isDone: boolean;
}

/** The newest runs and conversations come first, whichever is newer; then what is not on the wall. */
const sources: readonly FillSource[] = ['runs', 'conversations', 'removedRuns', 'pictures'];

const stores = [
  'runs',
  'removedRuns',
  'conversations',
  'messages',
  'pictures',
  'copies',
  'fillings',
  ...cardStores,
] as const;

/** Whether nothing is left to be filled; this makes nobody wait. */
export async function isFilled(database: Connection = connection): Promise<boolean> {
  const fillings = await (await database()).getAll('fillings');
  return sources.every((source) => fillings.some((one) => one.source === source && one.isDone));
}

/** Fills one batch. @param most the number of records in it, or a tenth as many conversations */
export async function fillBatch(
  most = 50,
  database: Connection = connection,
): Promise<FillProgress> {
  const transaction = await openToWrite(database, stores);
  const fillings = await Promise.all(sources.map((source) => fillingOf(transaction, source)));
  const changed: string[] = [];
  const open = fillings.filter(({ isDone }) => !isDone);
  const [first] = open;
  if (first) {
    const next = (await newest(transaction, open)) ?? first;
    const after = await fillers[next.source](transaction, next, { most, changed });
    await transaction.objectStore('fillings').put(after);
    fillings.splice(fillings.indexOf(next), 1, after);
  }
  await transaction.done;
  tellCards(changed);
  const sum = (field: 'done' | 'total') => fillings.reduce((all, one) => all + one[field], 0);
  const isDone = fillings.every((filling) => filling.isDone);
  return {
    done: isDone ? sum('total') : Math.min(sum('done'), sum('total')),
    total: sum('total'),
    isDone,
  };
}

type Filler = (
  transaction: WriteTransaction,
  filling: Filling,
  batch: { most: number; changed: string[] },
) => Promise<Filling>;

const fillers: Record<FillSource, Filler> = {
  async runs(transaction, filling, { most, changed }) {
    const found: KeptRun[] = [];
    let cursor = await runsFrom(transaction, filling);
    for (; cursor && found.length < most; cursor = await cursor.continue())
      found.push(cursor.value);
    await fillRuns(transaction, found, changed);
    const { createdAt: at, id } = found.at(-1) ?? {};
    return came(filling, found.length, cursor === null, id === undefined ? null : { at, id });
  },
  async removedRuns(transaction, filling, { most, changed }) {
    const range = filling.last && IDBKeyRange.lowerBound(filling.last.id, true);
    const found = await transaction.objectStore('removedRuns').getAll(range, most);
    await fillRuns(transaction, found, changed);
    const last = found.at(-1);
    return came(filling, found.length, found.length < most, last ? { id: last.id } : null);
  },
  async conversations(transaction, filling, { most, changed }) {
    const count = Math.max(1, Math.floor(most / 10));
    const ids = await transaction.objectStore('conversations').index('updatedAt').getAllKeys();
    const seen = new Set(filling.seen);
    const left = ids.reverse().filter((id) => !seen.has(id));
    const next = left.slice(0, count);
    for (const id of next) await fillConversation(transaction, id, changed);
    return {
      ...came(filling, next.length, left.length <= count, null),
      seen: [...filling.seen, ...next],
    };
  },
  async pictures(transaction, filling, { most }) {
    const range = filling.last && IDBKeyRange.lowerBound(filling.last.id, true);
    const found = await transaction.objectStore('pictures').getAllKeys(range, most);
    await Promise.all(found.map((hash) => fillFile(transaction, hash)));
    const id = found.at(-1);
    return came(filling, found.length, found.length < most, id === undefined ? null : { id });
  },
};

async function fillingOf(transaction: WriteTransaction, source: FillSource): Promise<Filling> {
  const known = await transaction.objectStore('fillings').get(source);
  if (known) return known;
  const total = await transaction.objectStore(source).count();
  return { source, last: null, seen: [], isDone: false, done: 0, total };
}

/** Whichever of runs and conversations goes on with the newer record; undefined if both are done. */
async function newest(
  transaction: WriteTransaction,
  open: readonly Filling[],
): Promise<Filling | undefined> {
  const runs = open.find(({ source }) => source === 'runs');
  const conversations = open.find(({ source }) => source === 'conversations');
  if (!runs || !conversations) return runs ?? conversations;
  const seen = new Set(conversations.seen);
  const byUpdate = transaction.objectStore('conversations').index('updatedAt');
  let conversation = await byUpdate.openCursor(null, 'prev');
  while (conversation && seen.has(conversation.primaryKey)) {
    conversation = await conversation.continue();
  }
  const run = await runsFrom(transaction, runs);
  return (conversation?.key ?? 0) > (run?.key ?? 0) ? conversations : runs;
}

/** A cursor over the runs that were not seen, the newest first. */
async function runsFrom(transaction: WriteTransaction, { last }: Filling) {
  const byAge = transaction.objectStore('runs').index('createdAt');
  const range = last?.at === undefined ? null : IDBKeyRange.upperBound(last.at);
  let cursor = await byAge.openCursor(range, 'prev');
  while (cursor && last && cursor.key === last.at && cursor.primaryKey >= last.id) {
    cursor = await cursor.continue();
  }
  return cursor;
}

async function fillRuns(
  transaction: WriteTransaction,
  runs: readonly (KeptRun & { removedAt?: number })[],
  changed: string[],
): Promise<void> {
  await Promise.all(
    runs.map(async (run) => {
      // A damaged record has neither, and must not hold the others up.
      const entry = entryOf(run);
      const work = await attempt(() => [
        ...filesOfRun(run).map((file) => putFile(transaction, file)),
        fillMask(transaction, run),
        putRunCards(transaction, entry, run.removedAt ?? null),
      ]);
      if (work) changed.push(...cardIdsOf(entry));
    }),
  );
}

async function fillConversation(
  transaction: WriteTransaction,
  id: string,
  changed: string[],
): Promise<void> {
  const kept = await transaction.objectStore('messages').index('conversation').getAll(id);
  const messages = new Map(kept.map(({ message }) => [message.id, message]));
  for (const message of messages.values()) {
    const made = message.role === 'assistant' ? message.parts : [];
    const work = await attempt(() => [
      ...made.flatMap((part) =>
        part.kind === 'picture'
          ? [putFile(transaction, { hash: part.hash, kind: 'made', bytes: part.byteLength })]
          : [],
      ),
      putMessageCards(transaction, message, (other) => messages.get(other)),
    ]);
    if (work && message.role === 'assistant') changed.push(message.id);
  }
}

/** Notes what a file and its copies take. What no run and no answer has made was added. */
async function fillFile(transaction: WriteTransaction, hash: string): Promise<void> {
  const files = transaction.objectStore('files');
  const copies = transaction.objectStore('copies');
  const known = await files.get(hash);
  const bytes = known?.bytes || (await transaction.objectStore('pictures').get(hash))?.size || 0;
  const its = await Promise.all(
    copyKinds.map(async (kind) => [kind, (await copies.get([hash, kind]))?.size] as const),
  );
  await files.put({
    ...(known ?? { hash, kind: 'added' }),
    bytes,
    copies: Object.fromEntries(its.filter(([, size]) => size !== undefined)),
  });
}

/** Notes the file of a run's mask, whose size the run does not say. */
async function fillMask(transaction: WriteTransaction, { edit }: KeptRun): Promise<void> {
  const hash = edit?.mask?.hash;
  const file = hash && (await transaction.objectStore('pictures').get(hash));
  if (file) await putFile(transaction, { hash, kind: 'mask', bytes: file.size });
}

/** The files of a run that it says the size of. */
function filesOfRun({ slots, edit }: KeptRun) {
  const made = slots.flatMap((slot) => {
    if (slot.kind === 'picture') return [slot];
    return slot.kind === 'removed' ? [slot.picture] : [];
  });
  const sized = (kind: 'made' | 'added') => (picture: { hash: string; byteLength: number }) => ({
    hash: picture.hash,
    kind,
    bytes: picture.byteLength,
  });
  return [...made.map(sized('made')), ...(edit?.references ?? []).map(sized('added'))];
}

async function attempt(work: () => Promise<unknown>[]): Promise<boolean> {
  try {
    await Promise.all(work());
    return true;
  } catch {
    return false;
  }
}

function came(filling: Filling, count: number, isDone: boolean, last: Filling['last']): Filling {
  return { ...filling, done: filling.done + count, isDone, last: last ?? filling.last };
}
