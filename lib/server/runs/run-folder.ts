import 'server-only';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from '../../core/runs/run';
import { log } from '../log';
import { type RunRecord, readRunRecord } from './run-record';
import type { RunKey } from './store';

/** What is found on disk at a start. */
export interface FoundRun {
  key: RunKey;
  record: RunRecord;
  /** Size of the answer's file; 0 if there is none. */
  answerBytes: number;
}

/**
 * The runs' place on disk: `<DATA_DIR>/runs/<visitor's hash>/<id>/` with `run.json` and `answer`;
 * beside the folders an empty `<id>.gone` for each run that was forgotten.
 */
export interface RunFolders {
  answerPath(key: RunKey): string;
  /** Writes `run.json` in one step. */
  save(key: RunKey, record: RunRecord): Promise<void>;
  remove(key: RunKey): Promise<void>;
  /** Remembers that a key is used up, since a moment in ms since 1970. */
  markGone(key: RunKey, at: number): Promise<void>;
  unmarkGone(key: RunKey): Promise<void>;
  /** Everything that is there; a run that cannot be read is among the damaged. */
  load(): Promise<{ runs: FoundRun[]; damaged: RunKey[]; gone: { key: RunKey; at: number }[] }>;
}

/** Opens the folders under a data directory, which need not exist yet. */
export function openRunFolders(dataDir: string): RunFolders {
  const root = join(/*turbopackIgnore: true*/ dataDir, 'runs');
  const pathOf = ({ visitor, id }: RunKey, ...more: string[]) =>
    join(/*turbopackIgnore: true*/ root, visitor, id, ...more);
  const goneOf = ({ visitor, id }: RunKey) =>
    join(/*turbopackIgnore: true*/ root, visitor, `${id}.gone`);

  async function save(key: RunKey, record: RunRecord): Promise<void> {
    await mkdir(/*turbopackIgnore: true*/ pathOf(key), { recursive: true });
    const path = pathOf(key, 'run.json');
    await writeFile(/*turbopackIgnore: true*/ `${path}.tmp`, JSON.stringify(record));
    await rename(/*turbopackIgnore: true*/ `${path}.tmp`, path);
  }

  async function find(key: RunKey): Promise<FoundRun | undefined> {
    const json = await readFile(/*turbopackIgnore: true*/ pathOf(key, 'run.json'), 'utf8').catch(
      () => '',
    );
    const record = readRunRecord(json);
    if (record?.run.id !== key.id) return undefined;
    const answer = await stat(/*turbopackIgnore: true*/ pathOf(key, 'answer')).catch(
      () => undefined,
    );
    return { key, record, answerBytes: answer?.size ?? 0 };
  }

  return {
    answerPath: (key) => pathOf(key, 'answer'),
    save,
    remove: (key) => rm(/*turbopackIgnore: true*/ pathOf(key), { recursive: true, force: true }),
    async markGone(key, at) {
      await mkdir(/*turbopackIgnore: true*/ join(root, key.visitor), { recursive: true });
      await writeFile(/*turbopackIgnore: true*/ goneOf(key), '');
      await utimes(/*turbopackIgnore: true*/ goneOf(key), at / 1000, at / 1000);
    },
    unmarkGone: (key) =>
      rm(/*turbopackIgnore: true*/ goneOf(key), { recursive: true, force: true }),
    async load() {
      const runs: FoundRun[] = [];
      const damaged: RunKey[] = [];
      const gone: { key: RunKey; at: number }[] = [];
      for (const visitor of await entriesOf(root)) {
        const folder = join(/*turbopackIgnore: true*/ root, visitor);
        const entries = await entriesOf(folder).catch((error: unknown) => {
          // One folder that cannot be read must not keep the others from being read.
          log().error({ err: error }, 'a folder of runs cannot be read');
          return [] as string[];
        });
        for (const entry of entries) {
          const id = entry.replace(/\.gone$/, '');
          if (!isUuid(id)) continue;
          const key = { visitor, id };
          if (entry !== id) {
            const mark = await stat(/*turbopackIgnore: true*/ goneOf(key)).catch(() => undefined);
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
