import 'server-only';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isUuid } from '../../core/runs/run';
import type { Config } from '../config';
import { log } from '../log';
import { SettingsError } from '../settings-error';
import { type RunRecord, readRecordFile } from './record-file';
import type { RunKey } from './run-store';

// What an earlier version wrote, as one record that is replaced.
const oldRecord = 'run.json';

/** A run that was found on disk at a start. */
export interface FoundRun {
  key: RunKey;
  record: RunRecord;
  /** Size of the answer's file; 0 if there is none. */
  answerBytes: number;
}

export type RunFiles = ReturnType<typeof openRunFiles>;

/**
 * Opens the files of all runs: `<dataDir>/runs/<visitor's hash>/<id>/` with `run.jsonl` and `answer`;
 * beside the folders an empty `<id>.gone` for each run that was forgotten. Nothing need exist yet.
 */
export function openRunFiles(dataDir: string) {
  const root = join(/*turbopackIgnore: true*/ dataDir, 'runs');
  const pathOf = ({ visitor, id }: RunKey, ...more: string[]) =>
    join(/*turbopackIgnore: true*/ root, visitor, id, ...more);
  const recordOf = (key: RunKey) => pathOf(key, 'run.jsonl');
  const goneOf = ({ visitor, id }: RunKey) =>
    join(/*turbopackIgnore: true*/ root, visitor, `${id}.gone`);

  async function find(key: RunKey): Promise<FoundRun | undefined> {
    const record =
      (await readRecordFile(recordOf(key))) ?? (await readRecordFile(pathOf(key, oldRecord)));
    if (record?.run.id !== key.id) return undefined;
    const answer = await stat(/*turbopackIgnore: true*/ pathOf(key, 'answer')).catch(() => null);
    return { key, record, answerBytes: answer?.size ?? 0 };
  }

  return {
    answerPath: (key: RunKey) => pathOf(key, 'answer'),
    recordPath: recordOf,
    remove: (key: RunKey): Promise<void> =>
      rm(/*turbopackIgnore: true*/ pathOf(key), { recursive: true, force: true }),
    /** Remembers that a key is used up, since a moment in ms since 1970. */
    async markGone(key: RunKey, at: number): Promise<void> {
      await mkdir(/*turbopackIgnore: true*/ join(root, key.visitor), { recursive: true });
      await writeFile(/*turbopackIgnore: true*/ goneOf(key), '');
      await utimes(/*turbopackIgnore: true*/ goneOf(key), at / 1000, at / 1000);
    },
    unmarkGone: (key: RunKey): Promise<void> =>
      rm(/*turbopackIgnore: true*/ goneOf(key), { recursive: true, force: true }),
    /** Writes a file of a few bytes and removes it. @throws the file system's error */
    async tryToWrite(): Promise<void> {
      const probe = probeOf(dataDir);
      await writeFile(/*turbopackIgnore: true*/ probe, 'probe');
      await rm(/*turbopackIgnore: true*/ probe, { force: true });
    },
    /** Everything that is there; `damaged` are the runs whose record cannot be read. */
    async load() {
      const runs: FoundRun[] = [];
      const damaged: RunKey[] = [];
      const gone: { key: RunKey; at: number }[] = [];
      for (const visitor of await entriesOf(root)) {
        const folder = join(/*turbopackIgnore: true*/ root, visitor);
        const entries = await entriesOf(folder).catch((error: unknown) => {
          // One folder that cannot be read must not keep the others from being read.
          log().error({ err: error }, 'a runs folder cannot be read');
          return [] as string[];
        });
        for (const entry of entries) {
          const id = entry.replace(/\.gone$/, '');
          if (!isUuid(id)) continue;
          const key = { visitor, id };
          if (entry !== id) {
            const mark = await stat(/*turbopackIgnore: true*/ goneOf(key)).catch(() => null);
            gone.push({ key, at: mark?.mtimeMs ?? Date.now() });
          } else if (!entries.includes(`${id}.gone`)) {
            const found = await find(key);
            if (found) runs.push(found);
            else damaged.push(key);
          }
        }
      }
      return { runs, damaged, gone };
    },
  };
}

async function entriesOf(directory: string): Promise<string[]> {
  return readdir(/*turbopackIgnore: true*/ directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

/** Makes the data directory and checks that it can be written. @throws SettingsError */
export function prepareDataDir({ dataDir }: Pick<Config, 'dataDir'>): void {
  const path = resolve(/*turbopackIgnore: true*/ dataDir);
  try {
    makeDirectory(join(/*turbopackIgnore: true*/ path, 'runs'));
    const probe = probeOf(path);
    writeFileSync(/*turbopackIgnore: true*/ probe, '');
    rmSync(/*turbopackIgnore: true*/ probe);
  } catch (error) {
    throw dataDirWrong(path, error);
  }
}

/** @param error the file system's. @returns a SettingsError that says it of the data directory */
export function dataDirWrong(path: string, error: unknown): SettingsError {
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  return new SettingsError(
    'DATA_DIR',
    `must be a directory that the server can create and write to; ${path} is not${code}.`,
  );
}

const probeOf = (dataDir: string) =>
  join(/*turbopackIgnore: true*/ dataDir, 'runs', `.probe-${process.pid}`);

// Node's own `recursive` never returns where a file system (/proc) refuses a new directory.
function makeDirectory(path: string): void {
  if (existsSync(/*turbopackIgnore: true*/ path)) return;
  makeDirectory(dirname(path));
  mkdirSync(/*turbopackIgnore: true*/ path);
}
