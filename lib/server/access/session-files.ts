import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A session that was ended before its time. */
export interface EndedSession {
  id: string;
  /** When it began, in ms since 1970. */
  since: number;
}

/** The sessions that are over, though their cookies may still be somewhere. */
export interface EndedSessions {
  /** All that began before this, in ms since 1970. */
  before: number;
  named: EndedSession[];
}

/** What sessions need on the disk, so that they outlive a restart, and their end does too. */
export interface SessionFiles {
  /** Random, made once. */
  secret: Buffer;
  loadEnded(): EndedSessions;
  saveEnded(ended: EndedSessions): Promise<void>;
}

const secretBytes = 32;
const ownerOnly = 0o600;

/** The files of sessions, in a folder that is there. */
export function openSessionFiles(dataDir: string): SessionFiles {
  const folder = join(/*turbopackIgnore: true*/ dataDir, 'access');
  const path = (name: string) => join(/*turbopackIgnore: true*/ folder, name);
  mkdirSync(/*turbopackIgnore: true*/ folder, { recursive: true, mode: 0o700 });
  let saving = Promise.resolve();
  return {
    secret: readSecret(path('secret')),
    loadEnded: () => readEnded(path('signed-out.json')),
    saveEnded(ended) {
      const text = JSON.stringify(ended);
      const save = async () => {
        const draft = path('signed-out.new');
        await writeFile(/*turbopackIgnore: true*/ draft, text, { mode: ownerOnly });
        await rename(/*turbopackIgnore: true*/ draft, path('signed-out.json'));
      };
      // One after another, whatever became of the one before.
      saving = saving.then(save, save);
      return saving;
    },
  };
}

function readSecret(path: string): Buffer {
  try {
    const kept = readFileSync(/*turbopackIgnore: true*/ path);
    if (kept.length === secretBytes) return kept;
  } catch {
    // There is none yet.
  }
  const secret = randomBytes(secretBytes);
  writeFileSync(/*turbopackIgnore: true*/ `${path}.new`, secret, { mode: ownerOnly });
  renameSync(/*turbopackIgnore: true*/ `${path}.new`, path);
  return secret;
}

function readEnded(path: string): EndedSessions {
  try {
    const kept = JSON.parse(readFileSync(/*turbopackIgnore: true*/ path, 'utf8')) as EndedSessions;
    return { before: Number(kept.before) || 0, named: kept.named.filter(isEnded) };
  } catch {
    return { before: 0, named: [] };
  }
}

function isEnded(value: unknown): value is EndedSession {
  const { id, since } = (value ?? {}) as Partial<EndedSession>;
  return typeof id === 'string' && typeof since === 'number';
}
