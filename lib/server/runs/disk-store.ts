import 'server-only';
import { resolve } from 'node:path';
import { hasEnded } from '../../core/runs/run';
import { getConfig } from '../config';
import { log, logRun } from '../log';
import { getDiskAdmission } from '../sharing/admission';
import { outsideRequests, singleton } from '../singleton';
import { metrics } from '../usage/metrics';
import { type OpenFile, openSpoolFile } from './answer-file';
import { createChangeFeed } from './change-feed';
import { chooseSwept } from './choose-swept';
import type { RunRecord } from './record-file';
import { freeDiskBytes, leastAnswerBytes, Reservation, SpoolRoom } from './room';
import { answerLost, noRoom, runForgotten, runNotFound, serverRestarted } from './run-errors';
import { type FoundRun, openRunFiles } from './run-files';
import type { RunKey, RunStore, StoreState } from './run-store';
import { DiskRun, type RunShelf } from './stored-run';
import { VisitorRuns } from './visitor-runs';

const week = 7 * 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
const sweepEveryMs = 10 * 60 * 1000;
const lookEveryMs = 1000;

/**
 * The store on the disk of this process. It is restored at its first use, and swept regularly. If that fails, the
 * next use tries it again. @throws the file system's error
 */
export function getDiskStore(): Promise<RunStore> {
  const kept = singleton('runs', (): { store?: Promise<RunStore> | undefined } => ({}));
  kept.store ??= outsideRequests(openOwnStore).catch((error: unknown) => {
    kept.store = undefined;
    log().error({ err: error }, 'runs cannot be restored');
    throw error;
  });
  return kept.store;
}

async function openOwnStore(): Promise<RunStore> {
  const { dataDir, spoolMaxBytes, spoolMaxAgeMs } = getConfig();
  const store = await openDiskStore({
    dataDir: resolve(/*turbopackIgnore: true*/ dataDir),
    maxBytes: spoolMaxBytes,
    maxAgeMs: spoolMaxAgeMs,
  });
  const sweep = () =>
    store.sweep().catch((error: unknown) => log().error({ err: error }, 'sweeping failed'));
  setInterval(sweep, sweepEveryMs).unref();
  return store;
}

/**
 * Opens the store of a single server: all records are in memory, and on disk what has to outlive the
 * process. Runs from before a restart are restored; those that were under way are `interrupted`.
 * @throws the file system's error, if its directory cannot be read
 */
export async function openDiskStore({
  dataDir,
  maxBytes,
  maxAgeMs,
  now = Date.now,
  openFile = openSpoolFile,
  freeBytes = () => freeDiskBytes(dataDir),
  admission = getDiskAdmission,
}: {
  dataDir: string;
  maxBytes: number;
  maxAgeMs: number;
  now?: () => number;
  openFile?: OpenFile;
  freeBytes?: () => Promise<number>;
  admission?: RunShelf['admission'];
}): Promise<RunStore> {
  const files = openRunFiles(dataDir);
  const feed = createChangeFeed();
  const shelf: RunShelf = { files, openFile, now, admission, stamp: feed.stamp };
  const visitors = new Map<string, VisitorRuns>();
  // The keys that are used up, and since when.
  const gone = new Map<string, number>();
  // The feed's number of the last removal, by visitor, and of the removals that were dropped from
  // this map. An older cursor gets the whole list, in which the removed run is missing.
  const removals = new Map<string, number>();
  let lastRemoval = 0;
  const room = new SpoolRoom({
    maxBytes,
    freeBytes,
    makeRoom(wanted) {
      const chosen = chooseSwept(all(), wanted);
      if (chosen.length === 0) return undefined;
      return async () => {
        for (const run of chosen) {
          if (!run.isRead)
            log().warn({ run: run.key.id }, 'an unread answer makes room for another');
          await forget(run);
        }
      };
    },
  });

  const nameOf = ({ visitor, id }: RunKey) => `${visitor}/${id}`;
  const lookUp = ({ visitor, id }: RunKey) => visitors.get(visitor)?.get(id);
  const all = () => [...visitors.values()].flatMap((runs) => runs.all());
  const logged = (work: Promise<void>, key: RunKey, message: string) =>
    work.catch((error: unknown) => log().error({ err: error, run: key.id }, message));

  function add(run: DiskRun): DiskRun {
    const own = visitors.get(run.key.visitor) ?? new VisitorRuns();
    visitors.set(run.key.visitor, own);
    own.add(run);
    return run;
  }

  function take(key: RunKey): void {
    const own = visitors.get(key.visitor);
    own?.remove(key.id);
    if (own?.size === 0) visitors.delete(key.visitor);
    removals.set(key.visitor, feed.stamp(key.visitor));
  }

  // A run that was under way has lost its upstream call, and has the bytes that are in its file. An
  // answer that was whole may have been cut.
  function restored({ record, answerBytes: bytes }: FoundRun): RunRecord {
    const { run } = record;
    if (!hasEnded(run)) {
      const { error } = serverRestarted().toEnvelope();
      const { checksum: _, ...rest } = record;
      return { ...rest, run: { ...run, state: 'interrupted', endedAt: now(), bytes, error } };
    }
    if (run.state !== 'done' || bytes >= run.bytes) return record;
    return { ...record, run: { ...run, state: 'failed', error: answerLost().toEnvelope().error } };
  }

  async function forget(run: DiskRun): Promise<void> {
    const { key } = run;
    take(key);
    // The mark comes first: the key must not be free in between.
    if (!run.released) {
      gone.set(nameOf(key), now());
      await logged(files.markGone(key, now()), key, 'a forgotten run cannot be remembered');
    }
    await run.discard();
  }

  async function restore(): Promise<void> {
    const found = await files.load();
    for (const { key, at } of found.gone) gone.set(nameOf(key), at);
    for (const key of found.damaged) {
      log().warn({ run: key.id }, 'a damaged run on disk was dropped');
      gone.set(nameOf(key), now());
      const removal = files.markGone(key, now()).then(() => files.remove(key));
      await logged(removal, key, 'a forgotten run cannot be remembered');
    }
    for (const one of found.runs) {
      const { key, answerBytes } = one;
      const start = restored(one);
      // Runs from before owners were known are their visitor's.
      const owner = start.owner ?? key.visitor;
      const reservation = new Reservation(room, owner, answerBytes);
      const run = add(new DiskRun({ key, owner, start, reservation, shelf }));
      if (start.run.state === one.record.run.state) continue;
      const { endpoint, model } = run.view();
      metrics().ended({ endpoint, model, end: 'interrupted' });
      logRun(run.view());
      await logged(run.save(), key, 'a run cannot be saved');
    }
  }

  let lastLook: { at: number; state: Promise<StoreState> } | undefined;
  async function look(): Promise<StoreState> {
    const isWritable = await files.tryToWrite().then(
      () => true,
      () => false,
    );
    const hasRoom = await room.has({ bytes: leastAnswerBytes, owner: '', held: 0 });
    return { isWritable, hasRoom, ...room.counts };
  }

  const store: RunStore = {
    async claim(key, { endpoint, owner }) {
      const attach = () => {
        const run = lookUp(key);
        return run && !run.released ? { run, isNew: false } : undefined;
      };
      const isGone = () => gone.has(nameOf(key));
      const early = attach();
      if (early) return early;
      if (isGone()) throw runForgotten();
      // Answers are removed only for a request that has passed its checks; see `describe`.
      const hasRoom = await room.has({ bytes: leastAnswerBytes, owner, held: 0 });
      // Nothing is awaited between this look-up and the entry.
      const late = attach();
      if (!late && hasRoom && !isGone()) {
        const start = { endpoint };
        const reservation = new Reservation(room, owner);
        return { run: add(new DiskRun({ key, owner, start, reservation, shelf })), isNew: true };
      }
      if (late) return late;
      throw isGone() ? runForgotten() : noRoom();
    },
    async find(key) {
      const run = lookUp(key);
      if (run) return run;
      throw gone.has(nameOf(key)) ? runForgotten() : runNotFound();
    },
    async list(visitor, { since, until, after, endedAfter = 0, limit } = {}) {
      const cursor = since === undefined ? 0 : feed.read(since);
      const known = () => (cursor >= (removals.get(visitor) ?? lastRemoval) ? cursor : 0);
      const isNews = ({ version }: DiskRun) => version > known();
      while (until && !until.aborted && known() > 0) {
        if (visitors.get(visitor)?.all().some(isNews)) break;
        await feed.changed(visitor, until);
      }
      const runs: DiskRun[] = [];
      for (const run of visitors.get(visitor)?.newestFirst(after) ?? []) {
        if (!isNews(run) || (run.endedAt !== null && run.endedAt < endedAfter)) continue;
        runs.push(run);
        if (runs.length === limit) break;
      }
      return { runs, isWhole: known() === 0, cursor: feed.cursor() };
    },
    async release(stored, error) {
      const run = lookUp(stored.key);
      if (!run || run !== stored) return;
      await run.discard();
      // The key comes free only when nothing of the old run is left on disk.
      if (error === null) take(run.key);
      run.release(error);
    },
    async forget(key) {
      const run = lookUp(key);
      if (run) await forget(run);
    },
    async sweep() {
      for (const run of all()) {
        const { endedAt } = run;
        const age = endedAt === null ? 0 : now() - endedAt;
        // A run whose request never arrived whole has nothing to keep.
        if (run.released && age > hour) take(run.key);
        else if (age > maxAgeMs) await forget(run);
      }
      lastRemoval = [...removals.values()].reduce((last, one) => Math.max(last, one), lastRemoval);
      removals.clear();
      for (const [name, at] of gone) {
        if (now() - at <= week) continue;
        gone.delete(name);
        const [visitor = '', id = ''] = name.split('/');
        const key = { visitor, id };
        const removal = files.remove(key).then(() => files.unmarkGone(key));
        await logged(removal, key, 'a run cannot be removed from disk');
      }
    },
    state() {
      const at = performance.now();
      if (!lastLook || at - lastLook.at >= lookEveryMs) lastLook = { at, state: look() };
      return lastLook.state;
    },
  };
  await restore();
  await store.sweep();
  return store;
}
