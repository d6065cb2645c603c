import 'server-only';
import type { EndpointName } from '../../core/models/model';
import { hasEnded, type Run } from '../../core/runs/run';
import { log, logRun } from '../log';
import { createAnswerSpool } from './answer-spool';
import { createChangeFeed } from './change-feed';
import { createMemoryRoom } from './memory-room';
import { answerLost, noRoom, runForgotten, runNotFound, serverRestarted } from './run-errors';
import { type FoundRun, openRunFolders } from './run-folder';
import type { RunRecord } from './run-record';
import { type OpenFile, openSpoolFile } from './spool-file';
import { createSpoolRoom, freeDiskBytes } from './spool-room';
import type { RunKey, RunStore, StoredRun } from './store';
import { createStoredRun, type OwnedRun } from './stored-run';
import { chooseSwept } from './sweep';

const week = 7 * 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
/** Left free on the disk for everything else that writes to it. */
const reserveBytes = 256 * 1024 * 1024;
/** What all answers together may have in memory where the disk fails them. */
const maxMemoryBytes = 256 * 1024 * 1024;

/**
 * The store of a single server: records in memory, and on disk what has to outlive the process.
 * Runs from before a restart are there again; those that were under way are `interrupted`.
 * @throws what the disk says, if its directory cannot be read
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
  const folders = openRunFolders(dataDir);
  const feed = createChangeFeed();
  const memory = createMemoryRoom(maxMemoryBytes);
  const room = createSpoolRoom({
    maxBytes,
    reserveBytes,
    freeBytes,
    sweep: (bytes) => sweepTo(room.used - bytes),
  });
  // By visitor, then by id.
  const visitors = new Map<string, Map<string, OwnedRun>>();
  const gone = new Map<string, { key: RunKey; at: number }>();

  const nameOf = ({ visitor, id }: RunKey) => `${visitor}/${id}`;
  const lookUp = ({ visitor, id }: RunKey) => visitors.get(visitor)?.get(id);
  const all = () => [...visitors.values()].flatMap((runs) => [...runs.values()]);

  function add(key: RunKey, endpoint: EndpointName, found?: FoundRun): OwnedRun {
    const record = found && restored(found);
    // Of an answer that had ended, the file must hold all that was read; of another, what it holds.
    const ended = found && hasEnded(found.record.run);
    const fileBytes = found?.answerBytes ?? 0;
    room.adjust(fileBytes);
    const spool = createAnswerSpool({
      path: folders.answerPath(key),
      restored: found && {
        bytes: ended ? found.record.run.bytes : fileBytes,
        checksum: ended ? found.record.checksum : undefined,
        fileBytes,
      },
      room,
      memory,
      openFile,
    });
    const stamp = () => feed.stamp(key.visitor);
    const run = createStoredRun({ key, endpoint, record, spool, folders, now, stamp });
    const own = visitors.get(key.visitor) ?? new Map<string, OwnedRun>();
    visitors.set(key.visitor, own.set(key.id, run));
    return run;
  }

  function take(key: RunKey): void {
    const own = visitors.get(key.visitor);
    own?.delete(key.id);
    if (own?.size === 0) visitors.delete(key.visitor);
  }

  // What was under way has lost its upstream; what was whole has to be so still.
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
    if (!run.released) {
      // First the mark: a key must not come free in between.
      gone.set(nameOf(key), { key, at: now() });
      await folders.markGone(key, now()).catch((error: unknown) => {
        log().error({ err: error, run: key.id }, 'a forgotten run cannot be remembered');
      });
    }
    await run.discard();
  }

  async function sweepTo(bytes: number): Promise<void> {
    const swept = chooseSwept({
      runs: all(),
      usedBytes: room.used,
      now: now(),
      maxBytes: bytes,
      maxAgeMs,
    });
    for (const run of swept) await forget(run);
  }

  async function restore(): Promise<void> {
    const found = await folders.load();
    for (const mark of found.gone) gone.set(nameOf(mark.key), mark);
    for (const key of found.damaged) {
      log().warn({ run: key.id }, 'a run on disk is damaged and forgotten');
      gone.set(nameOf(key), { key, at: now() });
      try {
        await folders.markGone(key, now());
        await folders.remove(key);
      } catch (error) {
        log().error({ err: error, run: key.id }, 'a forgotten run cannot be remembered');
      }
    }
    for (const one of found.runs) {
      const run = add(one.key, one.record.run.endpoint, one);
      if (run.view().state === one.record.run.state) continue;
      logRun(run.view());
      await run
        .save()
        .catch((error: unknown) => log().error({ err: error }, 'a run cannot be saved'));
    }
  }

  const store: RunStore = {
    async claim(key, endpoint) {
      const attach = () => {
        const run = lookUp(key);
        if (run && !run.released) return { run, isNew: false };
        if (gone.has(nameOf(key))) throw runForgotten();
        return undefined;
      };
      const early = attach();
      if (early) return early;
      if (!(await room.hasRoom())) throw noRoom();
      // Nothing is awaited between this look and the entry.
      return attach() ?? { run: add(key, endpoint), isNew: true };
    },
    async find(key) {
      const run = lookUp(key);
      if (run) return run;
      throw gone.has(nameOf(key)) ? runForgotten() : runNotFound();
    },
    async list(visitor, { since, until } = {}) {
      const known = since === undefined ? undefined : feed.read(since);
      const find = () =>
        [...(visitors.get(visitor)?.values() ?? [])].filter(
          ({ version }) => version > (known ?? 0),
        );
      if (known !== undefined && until) {
        while (find().length === 0 && !until.aborted) await feed.changed(visitor, until);
      }
      const runs = find()
        .map((run) => ({ run, view: run.view() }))
        .sort(({ view: a }, { view: b }) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
        .map(({ run }) => run);
      return { runs, isWhole: known === undefined, cursor: feed.cursor() };
    },
    async release(stored: StoredRun, error: Run['error']) {
      const run = lookUp(stored.key);
      if (!run || run !== stored) return;
      await run.discard();
      // The key comes free only now that nothing of the old run is left on disk.
      if (error === null) take(run.key);
      run.release(error);
    },
    async forget(key) {
      const run = lookUp(key);
      if (run) await forget(run);
    },
    async sweep() {
      // A request that never came whole leaves nothing to keep.
      for (const run of all()) {
        const { endedAt } = run.view();
        if (run.released && now() - (endedAt ?? 0) > hour) take(run.key);
      }
      await store.writeOut();
      await sweepTo(maxBytes);
      for (const [name, { key, at }] of gone) {
        if (now() - at <= week) continue;
        gone.delete(name);
        try {
          await folders.remove(key);
          await folders.unmarkGone(key);
        } catch (error) {
          log().error({ err: error, run: key.id }, 'a run cannot be removed from disk');
        }
      }
    },
    async writeOut() {
      for (const run of all()) await run.writeOut();
    },
  };
  await restore();
  await store.sweep();
  return store;
}
