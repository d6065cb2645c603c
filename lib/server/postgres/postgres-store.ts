import 'server-only';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '../log';
import { openSpoolFile } from '../runs/answer-file';
import { freeDiskBytes, leastAnswerBytes, SpoolRoom } from '../runs/room';
import { noRoom, runForgotten, runNotFound } from '../runs/run-errors';
import { dataDirWrong } from '../runs/run-files';
import type { RunKey, RunStore, StoreState } from '../runs/run-store';
import type { Admission } from '../sharing/admission';
import { type Database, storeUnavailable } from './connection';
import { startHeartbeat } from './heartbeat';
import { type Later, repeat } from './later';
import { bringInLeft, removeLeft } from './left-answers';
import { findRow, forgetRow, listRows, roomState, sweepRows, visitorVersion } from './list-rows';
import { type Notices, topics } from './notices';
import { type OwnDesk, OwnRun } from './own-run';
import { claimRow, type RunRow, releaseRow } from './run-rows';
import { SeenRun } from './seen-run';
import { beat, beatMs } from './server-rows';

const lookEveryMs = 1000;
const folderOf = (dataDir: string) => join(/*turbopackIgnore: true*/ dataDir, 'waiting');

/**
 * Makes the folder of a server, and tells the others that it lives.
 * @throws SettingsError the folder cannot be made; ApiError `store_unavailable`
 */
export async function prepareStore({
  database,
  server,
  dataDir,
}: {
  database: Database;
  server: string;
  dataDir: string;
}): Promise<void> {
  const folder = join(/*turbopackIgnore: true*/ folderOf(dataDir), server);
  await mkdir(/*turbopackIgnore: true*/ folder, { recursive: true }).catch((error: unknown) => {
    throw dataDirWrong(dataDir, error);
  });
  await beat(database, server);
}

/**
 * Opens the store of several servers over one database. Who receives a run carries it out; everybody sees it.
 * The answer of a run under way is also in a file of this server, where it waits while the database is away.
 * @param server has been prepared
 */
export function openPostgresStore({
  database,
  notices,
  later,
  server,
  dataDir,
  maxBytes,
  maxAgeMs,
  admission,
  onBeat = async () => {},
}: {
  database: Database;
  notices: Notices;
  later: Later;
  /** A name that no other server has, nor this one at its next start. */
  server: string;
  dataDir: string;
  maxBytes: number;
  maxAgeMs: number;
  admission: Pick<Admission, 'admit'>;
  onBeat?: () => Promise<unknown>;
}): RunStore & { end(): void } {
  const folder = folderOf(dataDir);
  const own = new Map<string, OwnRun>();
  const listening = new Map<OwnRun, () => void>();
  // What is to be freed in the database as soon as that answers.
  const freeing = new Map<string, Promise<void>>();
  const nameOf = ({ visitor, id }: RunKey) => `${visitor}/${id}`;
  const desk: OwnDesk = {
    database,
    notices,
    server,
    sound: new Set(),
    maxBytes,
    room: new SpoolRoom({
      maxBytes,
      freeBytes: () => freeDiskBytes(dataDir),
      makeRoom: () => undefined,
    }),
    openFile: openSpoolFile,
    pathOf: ({ no, generation }) =>
      join(/*turbopackIgnore: true*/ folder, server, `${no}-${generation}`),
    removeFile: removeLeft,
    admit: (ask, how) => admission.admit(ask, how),
    onClosed(run) {
      listening.get(run)?.();
      listening.delete(run);
      if (own.get(nameOf(run.key)) === run) own.delete(nameOf(run.key));
    },
  };

  const seen = (row: RunRow) => own.get(nameOf(row)) ?? new SeenRun(row, desk);
  // Versions count for one visitor only.
  const epochOf = (visitor: string) =>
    createHash('sha256').update(`${visitor} in the database`).digest('hex').slice(0, 12);
  const readCursor = (visitor: string, cursor: string) => {
    const [epoch, version] = cursor.split('-');
    return epoch === epochOf(visitor) ? Number(version) : 0;
  };

  let lastLook: { at: number; state: Promise<StoreState> } | undefined;
  async function look(): Promise<StoreState> {
    try {
      const wanted = { owner: '', bytes: leastAnswerBytes };
      return { isWritable: true, ...(await roomState(database, wanted, maxBytes)) };
    } catch {
      return { isWritable: false, hasRoom: false, bytes: 0, reservedBytes: 0 };
    }
  }

  const bringIn = () =>
    bringInLeft({
      ...{ database, folder, server },
      onBrought: (run) => log().info({ run }, 'an answer that a dead server had left is stored'),
    });
  // Of the server that was here before: it is taken for dead a little later.
  const endBringing = repeat(beatMs, async () => {
    if ((await bringIn()) === 0) endBringing();
  });

  /** Files of servers that are gone. */
  async function removeOldFiles(): Promise<void> {
    const living = await database.query<{ id: string }>('select id from servers');
    const ids = new Set(living.map(({ id }) => id));
    for (const name of await readdir(folder).catch(() => [])) {
      if (ids.has(name)) continue;
      await rm(join(/*turbopackIgnore: true*/ folder, name), { recursive: true, force: true });
    }
  }

  const heartbeat = startHeartbeat({ database, server, own: () => own.values(), also: onBeat });

  const store: RunStore & { end(): void } = {
    async claim(key, { endpoint, owner }) {
      const name = nameOf(key);
      if (freeing.has(name)) throw storeUnavailable();
      const local = own.get(name);
      if (local && !local.released) return { run: local, isNew: false };
      const { isWritable, hasRoom } = await this.state();
      if (isWritable && !hasRoom) {
        const found = await findRow(database, key);
        if (!found || found.released) throw noRoom();
      }
      const row = await claimRow(database, key, { server, person: owner, endpoint });
      if (row) {
        const run = new OwnRun(row, desk);
        own.set(name, run);
        listening.set(
          run,
          notices.listen(topics.run(key), () => run.look().catch(() => {})),
        );
        return { run, isNew: true };
      }
      // Of several at once on one server the others find it there.
      const latest = own.get(name) ?? (await findRow(database, key));
      if (!latest) throw storeUnavailable();
      if (latest instanceof OwnRun) return { run: latest, isNew: false };
      if (latest.gone_at) throw runForgotten();
      return { run: new SeenRun(latest, desk), isNew: false };
    },
    async find(key) {
      const local = own.get(nameOf(key));
      if (local) return local;
      const row = await findRow(database, key);
      if (!row) throw runNotFound();
      if (row.gone_at) throw runForgotten();
      return new SeenRun(row, desk);
    },
    async list(visitor, { since, until, after, endedAfter = 0, limit } = {}) {
      const cursor = since === undefined ? 0 : readCursor(visitor, since);
      const knownOf = (found: { version: number; removed: number }) =>
        cursor >= found.removed && cursor <= found.version ? cursor : 0;
      let found = await visitorVersion(database, visitor);
      while (until && !until.aborted && knownOf(found) === found.version) {
        const waiting = notices.wait(topics.visitor(visitor), until);
        // A page goes on watching while the database is away.
        found = await visitorVersion(database, visitor).catch(() => found);
        if (knownOf(found) === found.version) await waiting;
      }
      const known = knownOf(found);
      const rows = await listRows(database, visitor, { known, after, endedAfter, limit });
      return {
        runs: rows.map(seen),
        isWhole: known === 0,
        cursor: `${epochOf(visitor)}-${found.version}`,
      };
    },
    async release(run, error) {
      if (!(run instanceof OwnRun) || own.get(nameOf(run.key)) !== run) return;
      const name = nameOf(run.key);
      const free = () => releaseRow(database, run.own, error);
      await free().catch(() => {
        freeing.set(
          name,
          later(free).finally(() => freeing.delete(name)),
        );
      });
      await run.letGo(error);
    },
    forget: (key) => forgetRow(database, key),
    async sweep() {
      await bringIn();
      await sweepRows(database, maxAgeMs);
      await removeOldFiles();
    },
    state() {
      const at = performance.now();
      if (!lastLook || at - lastLook.at >= lookEveryMs) lastLook = { at, state: look() };
      return lastLook.state;
    },
    end() {
      heartbeat.end();
      endBringing();
    },
  };
  return store;
}
