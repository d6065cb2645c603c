import 'server-only';
import { createHmac, randomUUID, webcrypto } from 'node:crypto';
import { resolve } from 'node:path';
import { defaults, seal, unseal } from 'iron-webcrypto';
import { getConfig } from '../config';
import { singleton } from '../singleton';
import { type EndedSession, openSessionFiles, type SessionFiles } from './session-files';

/** How long somebody stays signed in, in seconds. */
export const sessionSeconds = 7 * 24 * 60 * 60;

// Who ends more sessions than this within their lifetime signs out everybody of before.
const manyEnded = 10_000;

const mostOpened = 500;

/** Somebody who has signed in. */
export interface Session extends EndedSession {
  /** As given at the sign-in; '' if none was. */
  name: string;
}

/** The sessions of a server: sealed into cookies, with nothing kept here but those that were ended. */
export interface Sessions {
  /** Begins a session. @returns what its cookie holds */
  begin(name: string): Promise<string>;
  /** The session that a cookie holds; undefined if it is none, is over, or was sealed elsewhere. */
  read(sealed: string): Promise<Session | undefined>;
  /** Ends a session, for every copy of its cookie. */
  end(session: Session): Promise<void>;
}

/** The sessions of this process. */
export function getSessions(): Sessions {
  return singleton('sessions', () => {
    const { dataDir, password } = getConfig();
    const files = openSessionFiles(resolve(/*turbopackIgnore: true*/ dataDir));
    return createSessions({ files, password: password ?? '' });
  });
}

/**
 * Makes sessions. They are sealed with a key of a random secret and the password: a restart leaves
 * everybody signed in, another password signs everybody out, and a stolen cookie is no place to try
 * passwords at.
 */
export function createSessions({
  files,
  password,
  now = Date.now,
  mostEnded = manyEnded,
}: {
  files: SessionFiles;
  password: string;
  now?: () => number;
  mostEnded?: number;
}): Sessions {
  const key = createHmac('sha256', files.secret).update(password).digest('hex');
  const lifetimeMs = sessionSeconds * 1000;
  const isOver = ({ since }: EndedSession) => now() - since >= lifetimeMs;
  const loaded = files.loadEnded();
  let { before } = loaded;
  const ended = new Map(loaded.named.map((session) => [session.id, session]));

  // Opening takes a millisecond of the processor, and a page that waits asks every second.
  const opened = new Map<string, Session>();
  const open = async (sealed: string) => {
    const session = readSession(await unseal(webcrypto, sealed, key, defaults).catch(() => null));
    if (!session) return undefined;
    const [oldest] = opened.keys();
    if (opened.size >= mostOpened && oldest !== undefined) opened.delete(oldest);
    opened.set(sealed, session);
    return session;
  };

  return {
    async begin(name) {
      const session: Session = { id: randomUUID(), name, since: now() };
      return seal(webcrypto, session, key, defaults);
    },
    async read(sealed) {
      const session = opened.get(sealed) ?? (await open(sealed));
      if (!session || isOver(session) || ended.has(session.id) || session.since < before) {
        return undefined;
      }
      return session;
    },
    async end({ id, since }) {
      for (const [other, session] of ended) if (isOver(session)) ended.delete(other);
      ended.set(id, { id, since });
      const [oldest] = ended.values();
      if (ended.size > mostEnded && oldest) {
        ended.delete(oldest.id);
        before = Math.max(before, oldest.since + 1);
      }
      await files.saveEnded({ before, named: [...ended.values()] });
    },
  };
}

function readSession(value: unknown): Session | undefined {
  const { id, name, since } = (value ?? {}) as Partial<Session>;
  return typeof id === 'string' && typeof name === 'string' && typeof since === 'number'
    ? { id, name, since }
    : undefined;
}
