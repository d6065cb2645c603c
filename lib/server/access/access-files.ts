import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { getConfig } from '../config';
import { getPostgres } from '../postgres/open-postgres';
import { singleton } from '../singleton';

const secretBytes = 32;
const ownerOnly = 0o600;

/** What the lock keeps on the disk, readable for the server's own user alone. */
export interface AccessFiles {
  /** 32 random bytes, made once. */
  secret: Buffer;
  /** The content of a JSON file; undefined if there is none, or it is damaged. */
  read(name: string): unknown;
  /** Replaces a file as a whole. Each write waits for the one before. */
  write(name: string, value: unknown): Promise<void>;
  /** Calls with what other servers have written since, where several share it. */
  watch(name: string, call: (value: unknown) => void): void;
}

/** Those of this process, or of all servers. @throws ApiError `store_unavailable` */
export function getAccessFiles(): AccessFiles {
  if (getConfig().databaseUrl !== undefined) return getPostgres().access;
  return singleton('access-files', () =>
    openAccessFiles(resolve(/*turbopackIgnore: true*/ getConfig().dataDir)),
  );
}

/** Opens the files of the lock. @param dataDir exists */
export function openAccessFiles(dataDir: string): AccessFiles {
  const folder = join(/*turbopackIgnore: true*/ dataDir, 'access');
  const path = (name: string) => join(/*turbopackIgnore: true*/ folder, name);
  mkdirSync(/*turbopackIgnore: true*/ folder, { recursive: true, mode: 0o700 });
  let writing = Promise.resolve();
  return {
    secret: readSecret(path('secret')),
    read(name) {
      try {
        return JSON.parse(readFileSync(/*turbopackIgnore: true*/ path(`${name}.json`), 'utf8'));
      } catch {
        return undefined;
      }
    },
    write(name, value) {
      const text = JSON.stringify(value);
      const write = async () => {
        const draft = path(`${name}.new`);
        await writeFile(/*turbopackIgnore: true*/ draft, text, { mode: ownerOnly });
        await rename(/*turbopackIgnore: true*/ draft, path(`${name}.json`));
      };
      // It is tried even if the one before failed.
      writing = writing.then(write, write);
      return writing;
    },
    // Nobody else writes here.
    watch() {},
  };
}

function readSecret(path: string): Buffer {
  try {
    const kept = readFileSync(/*turbopackIgnore: true*/ path);
    if (kept.length === secretBytes) return kept;
  } catch {
    // The first start makes it.
  }
  const secret = randomBytes(secretBytes);
  writeFileSync(/*turbopackIgnore: true*/ `${path}.new`, secret, { mode: ownerOnly });
  renameSync(/*turbopackIgnore: true*/ `${path}.new`, path);
  return secret;
}
