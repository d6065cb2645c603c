import 'server-only';
import { createHmac, randomUUID, webcrypto } from 'node:crypto';
import { defaults, seal, unseal } from 'iron-webcrypto';
import { getConfig } from '../config';
import { type CookieHeaders, readCookie, setCookie } from '../cookies';
import { singleton } from '../singleton';
import { type AccessFiles, getAccessFiles } from './access-files';

/** The lifetime of a session, in seconds. */
export const sessionSeconds = 7 * 24 * 60 * 60;

// Beyond so many sessions that were ended within their lifetime, all older ones end too.
const manyEnded = 10_000;
// So many unsealed sessions are cached.
const mostOpened = 500;
// The name of the file of ended sessions.
const endedFile = 'signed-out';

/** A session that was ended by signing out. */
interface EndedSession {
  id: string;
  /** When it began, in ms since 1970. */
  since: number;
}

/** The ended sessions whose cookies may still exist somewhere. */
interface EndedSessions {
  /** All sessions that began before this, in ms since 1970. */
  before: number;
  named: EndedSession[];
}

/** Somebody who has signed in. */
interface Session extends EndedSession {
  /** As given at the sign-in; '' if none was. */
  name: string;
}

/** The sessions of a server. They are sealed into cookies; only ended ones are kept here. */
export interface Sessions {
  /** Begins a session. @returns the value of its cookie */
  begin(name: string): Promise<string>;
  /** The session that a cookie holds; undefined if it is none, is over, or was sealed elsewhere. */
  read(sealed: string): Promise<Session | undefined>;
  /** Ends a session, for every copy of its cookie. */
  end(session: Session): Promise<void>;
}

/** The sessions of this process. */
export function getSessions(): Sessions {
  return singleton('sessions', () => {
    const { password = '' } = getConfig();
    return createSessions({ files: getAccessFiles(), password });
  });
}

/**
 * Makes sessions. The key that seals them (iron-webcrypto) is made of a random secret and the password:
 * a restart leaves everybody signed in, another password signs everybody out, and passwords can't be
 * tried against a stolen cookie.
 * @param now in ms since 1970
 */
export function createSessions({
  files,
  password,
  now = Date.now,
  mostEnded = manyEnded,
}: {
  files: AccessFiles;
  password: string;
  now?: () => number;
  mostEnded?: number;
}): Sessions {
  const key = createHmac('sha256', files.secret).update(password).digest('hex');
  const lifetimeMs = sessionSeconds * 1000;
  const isOver = ({ since }: EndedSession) => now() - since >= lifetimeMs;
  const loaded = readEnded(files.read(endedFile));
  let { before } = loaded;
  const ended = new Map(loaded.named.map((session) => [session.id, session]));

  files.watch(endedFile, (kept) => {
    const news = readEnded(kept);
    before = Math.max(before, news.before);
    for (const session of news.named) ended.set(session.id, session);
  });

  // Unsealing takes a millisecond of the processor, and pages ask often.
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
      await files.write(endedFile, { before, named: [...ended.values()] });
    },
  };
}

function readSession(value: unknown): Session | undefined {
  const { name } = (value ?? {}) as Partial<Session>;
  return isEnded(value) && typeof name === 'string'
    ? { id: value.id, name, since: value.since }
    : undefined;
}

function readEnded(kept: unknown): EndedSessions {
  const { before, named } = (kept ?? {}) as Partial<EndedSessions>;
  return { before: Number(before) || 0, named: Array.isArray(named) ? named.filter(isEnded) : [] };
}

function isEnded(value: unknown): value is EndedSession {
  const { id, since } = (value ?? {}) as Partial<EndedSession>;
  return typeof id === 'string' && typeof since === 'number';
}

/** The value of a request's session cookie. */
export function readSessionCookie(headers: CookieHeaders): string | undefined {
  return readCookie(headers, 'session');
}

/** The `Set-Cookie` header that gives a browser its session, or with '' takes it away. */
export function sessionCookie(sealed: string, headers: CookieHeaders): string {
  const maxAge = sealed === '' ? 0 : sessionSeconds;
  return setCookie({ name: 'session', value: sealed, maxAge }, headers);
}
