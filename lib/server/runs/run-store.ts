import 'server-only';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, getConfig } from '../config';
import { log } from '../log';
import { SettingsError } from '../settings-error';
import { singleton } from '../singleton';
import { openDiskStore } from './disk-store';
import type { RunStore } from './store';

const sweepEveryMs = 10 * 60 * 1000;

/** The runs of this process, restored and swept at the first use and from then on. */
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

/** Makes the data directory and tries whether it can be written. @throws SettingsError */
export function prepareDataDir({ dataDir }: Pick<Config, 'dataDir'>): void {
  const path = resolve(/*turbopackIgnore: true*/ dataDir);
  try {
    const runs = join(/*turbopackIgnore: true*/ path, 'runs');
    makeDirectory(runs);
    const probe = join(/*turbopackIgnore: true*/ runs, `.probe-${process.pid}`);
    writeFileSync(/*turbopackIgnore: true*/ probe, '');
    rmSync(/*turbopackIgnore: true*/ probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new SettingsError(
      'DATA_DIR',
      `must be a directory that the server can create and write to; ${path} is not${code}.`,
    );
  }
}

// Node's own `recursive` never comes back where a file system (/proc) refuses a new directory.
function makeDirectory(path: string): void {
  if (existsSync(/*turbopackIgnore: true*/ path)) return;
  makeDirectory(dirname(path));
  mkdirSync(/*turbopackIgnore: true*/ path);
}
