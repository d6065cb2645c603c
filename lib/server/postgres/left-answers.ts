import 'server-only';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSpoolFile, readAnswerFile } from '../runs/answer-file';
import type { AnswerHead, RunEnd } from '../runs/run-store';
import { createAnswerWriter } from './answer-writer';
import type { Database } from './connection';
import { type Fence, isOpenTo, type RunRow } from './run-rows';
import { isDead } from './server-rows';

/** How a run has ended of which the database does not know yet. Its answer is the file beside. */
interface LeftAnswer {
  own: Fence;
  head: AnswerHead | undefined;
  end: RunEnd & { checksum: number | undefined; bytes: number };
}

// The database mostly answers sooner.
const lateMs = 500;
const recordOf = (path: string) => `${path}.json`;

/**
 * Writes down how a run has ended, beside its answer, if the database does not take that at once: a server that
 * starts later brings it in.
 * @param settled is in the database
 */
export async function leaveMeanwhile(
  settled: Promise<unknown>,
  path: string,
  left: LeftAnswer,
): Promise<void> {
  const late = pause(lateMs, true, { ref: false });
  if ((await Promise.race([settled, late])) !== true) return;
  await writeFile(/*turbopackIgnore: true*/ recordOf(path), JSON.stringify(left)).catch(() => {});
}

/** Removes the answer of a run from this disk. @throws the file system's error */
export async function removeLeft(path: string): Promise<void> {
  for (const file of [path, recordOf(path)]) {
    await rm(/*turbopackIgnore: true*/ file, { force: true });
  }
}

/**
 * Brings in what servers that are gone have left in this folder, each in the name of the server and generation that
 * had sent it: nobody else may.
 * @param server whose own answers are left alone
 * @param onBrought is called with each run
 * @returns how many have to wait, for their server is not dead yet
 */
export async function bringInLeft({
  database,
  folder,
  server,
  onBrought,
}: {
  database: Database;
  folder: string;
  server: string;
  onBrought: (run: string) => void;
}): Promise<number> {
  let waiting = 0;
  for (const owner of await readdir(folder).catch(() => [])) {
    if (owner === server) continue;
    const home = join(/*turbopackIgnore: true*/ folder, owner);
    for (const name of await readdir(home).catch(() => [])) {
      if (!name.endsWith(recordOf(''))) continue;
      const path = join(/*turbopackIgnore: true*/ home, name.slice(0, -recordOf('').length));
      const left = await readLeft(path);
      // It may be that of a living server, just being written.
      if (!left) continue;
      const row = await findOpen(database, left.own);
      if (row) {
        if (!row.isOwnerDead) {
          waiting++;
          continue;
        }
        await bringIn(database, path, left);
        onBrought(row.id);
      }
      await removeLeft(path);
    }
  }
  return waiting;
}

/** @returns undefined: it is not whole, for the disk was full or the server ended while it wrote */
async function readLeft(path: string): Promise<LeftAnswer | undefined> {
  try {
    const text = await readFile(/*turbopackIgnore: true*/ recordOf(path), 'utf8');
    const left = JSON.parse(text) as LeftAnswer;
    const { bytes } = left.end;
    const isWhole = bytes === 0 || (await stat(/*turbopackIgnore: true*/ path)).size >= bytes;
    return isWhole ? left : undefined;
  } catch {
    return undefined;
  }
}

async function findOpen(database: Database, own: Fence) {
  const [row] = await database.query<RunRow & { isOwnerDead: boolean }>(
    `select *, ${isDead('r.owner')} as "isOwnerDead" from runs r where visitor = $1 and id = $2`,
    [own.visitor, own.id],
  );
  return row && isOpenTo(row, own) ? row : undefined;
}

async function bringIn(
  database: Database,
  path: string,
  { own, head, end }: LeftAnswer,
): Promise<void> {
  const spool = {
    bytes: end.bytes,
    open: async () => readAnswerFile(path, () => end.bytes, openSpoolFile),
  };
  const writer = createAnswerWriter({ database, own, spool, onLost: () => {} });
  if (head) writer.begin(head);
  await writer.end(end);
}
