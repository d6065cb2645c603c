import 'server-only';
import { resolve } from 'node:path';
import type { EndpointName } from '../../core/models/model';
import { hasEnded } from '../../core/runs/run';
import { getConfig } from '../config';
import { log, logRun } from '../log';
import { singleton } from '../singleton';
import { createChangeFeed } from './change-feed';
import {
  chooseSwept,
  createSpoolRoom,
  freeDiskBytes,
  leastAnswerBytes,
  type Reservation,
} from './room';
import { answerLost, noRoom, runForgotten, runNotFound, serverRestarted } from './run-errors';
import { type FoundRun, openRunFiles, type RunRecord } from './run-files';
import type { RunKey, RunStore } from './run-store';
import { createAnswerSpool, type OpenFile, openSpoolFile } from './spool';
import { createStoredRun, type OwnedRun } from './stored-run';

const week = 7 * 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
const sweepEveryMs = 10 * 60 * 1000;

/** The store of this process. It is restored from the disk at its first use, and swept regularly. */
export function getRunStore(): Promise<RunStore> {
  return singleton('runs', async () => {
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
  });
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
}: {
  dataDir: string;
  maxBytes: number;
  maxAgeMs: number;
  now?: () => number;
  openFile?: OpenFile;
  freeBytes?: () => Promise<number>;
}): Promise<RunStore> {
  const files = openRunFiles(dataDir);
  const feed = createChangeFeed();
  // By visitor, then by id.
  const visitors = new Map<string, Map<string, OwnedRun>>();
  const gone = new Map<string, { key: RunKey; at: number }>();
  // The feed's number of the last removal, by visitor, and of the removals that were dropped from
  // this map. An older cursor gets the whole list, in which the removed run is missing.
  const removals = new Map<string, number>();
  let lastRemoval = 0;
  const reservationOf = createSpoolRoom({
    maxBytes,
    freeBytes,
    async makeRoom(bytes) {
      for (const run of chooseSwept(all(), bytes)) await forget(run);
    },
  });

  const nameOf = ({ visitor, id }: RunKey) => `${visitor}/${id}`;
  const lookUp = ({ visitor, id }: RunKey) => visitors.get(visitor)?.get(id);
  const all = () => [...visitors.values()].flatMap((runs) => [...runs.values()]);
  const logged = (work: Promise<void>, key: RunKey, message: string) =>
    work.catch((error: unknown) => log().error({ err: error, run: key.id }, message));

  function add({
    key,
    endpoint,
    found,
    reservation = reservationOf(found?.answerBytes),
  }: {
    key: RunKey;
    endpoint: EndpointName;
    found?: FoundRun;
    reservation?: Reservation;
  }): OwnedRun {
    const record = found && restored(found);
    // The file of an ended run must have all bytes of its record. One that was under way has what it has.
    const ended = found && hasEnded(found.record.run);
    const spool = createAnswerSpool({
      path: files.answerPath(key),
      restored: found && {
        bytes: ended ? found.record.run.bytes : found.answerBytes,
        checksum: ended ? found.record.checksum : undefined,
      },
      reservation,
      openFile,
    });
    const stamp = () => feed.stamp(key.visitor);
    const run = createStoredRun({ key, endpoint, record, spool, reservation, files, now, stamp });
    const own = visitors.get(key.visitor) ?? new Map<string, OwnedRun>();
    visitors.set(key.visitor, own.set(key.id, run));
    return run;
  }

  function take(key: RunKey): void {
    const own = visitors.get(key.visitor);
    own?.delete(key.id);
    if (own?.size === 0) visitors.delete(key.visitor);
    removals.set(key.visitor, feed.stamp(key.visitor));
  }

  // A run that was under way has lost its upstream call; an answer that was whole may have been cut.
  function restored({ record, answerBytes }: FoundRun): RunRecord {
    const { run } = record;
    if (!hasEnded(run)) {
      const { error } = serverRestarted().toEnvelope();
      return { ...record, run: { ...run, state: 'interrupted', endedAt: now(), error } };
    }
    if (run.state !== 'done' || answerBytes >= run.bytes) return record;
    return { ...record, run: { ...run, state: 'failed', error: answerLost().toEnvelope().error } };
  }

  async function forget(run: OwnedRun): Promise<void> {
    const { key } = run;
    take(key);
    // The mark comes first: the key must not be free in between.
    if (!run.released) {
      gone.set(nameOf(key), { key, at: now() });
      await logged(files.markGone(key, now()), key, 'a forgotten run cannot be remembered');
    }
    await run.discard();
  }

  async function restore(): Promise<void> {
    const found = await files.load();
    for (const mark of found.gone) gone.set(nameOf(mark.key), mark);
    for (const key of found.damaged) {
      log().warn({ run: key.id }, 'a damaged run on disk was dropped');
      gone.set(nameOf(key), { key, at: now() });
      const removal = files.markGone(key, now()).then(() => files.remove(key));
      await logged(removal, key, 'a forgotten run cannot be remembered');
    }
    for (const one of found.runs) {
      const run = add({ key: one.key, endpoint: one.record.run.endpoint, found: one });
      if (run.view().state === one.record.run.state) continue;
      logRun(run.view());
      await logged(run.save(), one.key, 'a run cannot be saved');
    }
  }

  const store: RunStore = {
    async claim(key, endpoint) {
      const attach = () => {
        const run = lookUp(key);
        return run && !run.released ? { run, isNew: false } : undefined;
      };
      const isGone = () => gone.has(nameOf(key));
      const early = attach();
      if (early) return early;
      if (isGone()) throw runForgotten();
      const reservation = reservationOf();
      const hasRoom = await reservation.reserve(leastAnswerBytes);
      // Nothing is awaited between this look-up and the entry.
      const late = attach();
      if (!late && hasRoom && !isGone()) {
        return { run: add({ key, endpoint, reservation }), isNew: true };
      }
      reservation.release();
      if (late) return late;
      throw isGone() ? runForgotten() : noRoom();
    },
    async find(key) {
      const run = lookUp(key);
      if (run) return run;
      throw gone.has(nameOf(key)) ? runForgotten() : runNotFound();
    },
    async list(visitor, { since, until } = {}) {
      const cursor = since === undefined ? 0 : feed.read(since);
      const known = () => (cursor >= (removals.get(visitor) ?? lastRemoval) ? cursor : 0);
      const find = () =>
        [...(visitors.get(visitor)?.values() ?? [])].filter(({ version }) => version > known());
      while (until && !until.aborted && known() > 0 && find().length === 0) {
        await feed.changed(visitor, until);
      }
      const runs = find()
        .map((run) => ({ run, view: run.view() }))
        .sort(({ view: a }, { view: b }) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
        .map(({ run }) => run);
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
        const { endedAt } = run.view();
        const age = endedAt === null ? 0 : now() - endedAt;
        // A run whose request never arrived whole has nothing to keep.
        if (run.released && age > hour) take(run.key);
        else if (age > maxAgeMs) await forget(run);
      }
      lastRemoval = Math.max(lastRemoval, ...removals.values());
      removals.clear();
      for (const [name, { key, at }] of gone) {
        if (now() - at <= week) continue;
        gone.delete(name);
        const removal = files.remove(key).then(() => files.unmarkGone(key));
        await logged(removal, key, 'a run cannot be removed from disk');
      }
    },
  };
  await restore();
  await store.sweep();
  return store;
}
