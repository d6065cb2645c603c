import 'server-only';
import { createHmac } from 'node:crypto';
import type { AccessFiles } from './access-files';

// Kept a little longer than the day that counts, so that a mark need not be written at each request.
const dayMs = 24 * 60 * 60 * 1000;
const refreshMs = 10 * 60 * 1000;

/** Browsers and addresses from which the right password came within the last day. */
export interface KnownSources {
  has(source: string): boolean;
  /**
   * Notes that the right password came from these, and forgets the marks that count no longer. Resolves once that
   * would outlive a restart.
   */
  note(sources: readonly string[]): Promise<void>;
}

/** The keyed hash of a source, and when the right password last came from it, in ms since 1970. */
type Mark = [hash: string, at: number];

const fileName = 'known-sources';

/**
 * Makes the memory of known sources. Only keyed hashes are kept, so that the file tells no address. A
 * new password makes other hashes: nobody is known with it.
 * @param most are kept, the latest; each of them cost the right password
 * @param now in ms since 1970; a mark further off than a day in either direction does not count
 */
export function createKnownSources({
  files,
  password,
  now = Date.now,
  most = 10_000,
}: {
  files: AccessFiles;
  password: string;
  now?: () => number;
  most?: number;
}): KnownSources {
  const key = createHmac('sha256', files.secret).update(`known ${password}`).digest();
  const kept = files.read(fileName);
  const marks = new Map(Array.isArray(kept) ? kept.filter(isMark).slice(-most) : []);
  files.watch(fileName, (news) => {
    for (const [hashed, at] of Array.isArray(news) ? news.filter(isMark) : [])
      marks.set(hashed, at);
  });
  const hash = (source: string) =>
    createHmac('sha256', key).update(source).digest('base64url').slice(0, 22);
  const age = (mark: number | undefined) =>
    mark === undefined ? Number.POSITIVE_INFINITY : Math.abs(now() - mark);
  const counts = (mark: number | undefined) => age(mark) <= dayMs + refreshMs;
  // Notes that come while a save is under way share the next one.
  let underWay = Promise.resolve();
  let next: Promise<void> | undefined;
  const save = () => {
    next ??= underWay.then(() => {
      next = undefined;
      const saving = files.write(fileName, [...marks]);
      underWay = saving.catch(() => undefined);
      return saving;
    });
    return next;
  };
  return {
    has: (source) => counts(marks.get(hash(source))),
    async note(sources) {
      const stale = sources.map(hash).filter((hashed) => age(marks.get(hashed)) > refreshMs);
      if (stale.length === 0) return;
      for (const hashed of stale) {
        marks.delete(hashed);
        marks.set(hashed, now());
      }
      for (const [oldest, at] of marks) {
        if (!counts(at) || marks.size > most) marks.delete(oldest);
      }
      await save();
    },
  };
}

function isMark(value: unknown): value is Mark {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}
