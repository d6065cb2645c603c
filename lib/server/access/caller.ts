import 'server-only';
import { ApiError } from '../../core/api-error';
import { personHeader } from '../../core/sign-in';
import { type Config, getConfig } from '../config';
import { refuseDoubledCookies } from '../cookies';
import { log } from '../log';
import { checkHost, checkOrigin } from '../request/request-guard';
import { singleton } from '../singleton';
import { hashVisitor, readVisitor } from '../visitor';
import { getAccessFiles } from './access-files';
import { peerAddress } from './addresses';
import { createGuessLimit, type GuessLimit } from './guess-limit';
import { createKnownSources } from './known-sources';
import { getSessions, readSessionCookie, type Sessions } from './sessions';
import { createSharedBook } from './shared-book';
import { personTag, trustedUserOf } from './trusted-user';

/** Who makes a request. */
export interface Caller {
  /**
   * How they came in: `sso`: a trusted proxy names them; `session`: they signed in with a name, `nameless`: without
   * one; `sdk`: the password was sent as the API key, which no browser does by itself, so that its origin is its
   * own; `anybody`: the server stands open.
   */
  kind: 'sso' | 'session' | 'nameless' | 'sdk' | 'anybody';
  /** The name for the log and the gateway, with the address where they gave none; undefined: `anybody`. */
  user: string | undefined;
}

/** The caller of a server that stands open. */
export const anybody: Caller = { kind: 'anybody', user: undefined };

const safeMethods = ['GET', 'HEAD'];

/** The state of the lock; tests pass their own. */
export interface LockParts {
  sessions: Sessions;
  guesses: GuessLimit;
}

export function lockParts(): LockParts {
  return { sessions: getSessions(), guesses: singleton('guesses', createGuesses) };
}

const createGuesses = () =>
  createGuessLimit({
    book: getConfig().databaseUrl === undefined ? undefined : createSharedBook(),
    known: createKnownSources({ files: getAccessFiles(), password: getConfig().password ?? '' }),
    onWrong: (whose) => log().warn({ whose }, 'wrong password'),
    onUnsaved: (error) => log().error({ err: error }, 'a known address could not be saved'),
  });

/**
 * Checks who makes a request of the API. SDKs send the password as their API key. People are named by a
 * trusted proxy, or have a session cookie; on requests that change or cost something that counts only if
 * the browser names one of our own pages as the origin.
 * @throws ApiError `sign_in_required`, `wrong_password`, `too_many_attempts`, `origin_not_allowed`;
 * `invalid_value` where a cookie came twice
 */
export async function admitCaller(
  request: Pick<Request, 'headers' | 'method' | 'url'>,
  config: Config = getConfig(),
  parts: () => LockParts = lockParts,
): Promise<Caller> {
  const { headers, method } = request;
  const isSafe = safeMethods.includes(method);
  if (config.lock === undefined) {
    if (!isSafe) checkHost(headers, config);
    refuseDoubledCookies(request);
    return anybody;
  }
  const guess = config.password === undefined ? undefined : bearerOf(headers);
  if (guess !== undefined) {
    const { guesses } = parts();
    await checkPassword({ guess, headers, config, guesses, visitor: readVisitor(headers) });
    refuseDoubledCookies(request);
    return { kind: 'sdk', user: userAt('sdk', headers, config) };
  }
  refuseDoubledCookies(request);
  const caller = await findPerson(headers, config, parts);
  if (!caller) throw signInRequired(headers, config);
  if (!isSafe) checkOrigin(headers, config.publicOrigin, { mustSay: true });
  const page = headers.get(personHeader);
  // Its runs and drafts are another's.
  if (caller.kind === 'sso' && page !== null && page !== personTag(caller.user ?? '')) {
    throw new ApiError({
      code: 'sign_in_required',
      message:
        'Somebody else has signed in at the proxy since this page was loaded. Load it again.',
    });
  }
  return caller;
}

/**
 * Who looks at a page; undefined: somebody who may not. Where a proxy names people, sessions do not count: whoever
 * signed in has chosen the name.
 */
export async function findPerson(
  headers: Pick<Headers, 'get'>,
  config: Pick<Config, 'lock' | 'trustedProxies'> = getConfig(),
  parts: () => LockParts = lockParts,
): Promise<Caller | undefined> {
  if (config.lock === undefined) return anybody;
  if (config.lock === 'header') {
    const found = trustedUserOf(headers);
    return 'name' in found ? { kind: 'sso', user: found.name } : undefined;
  }
  const sealed = readSessionCookie(headers);
  const session = sealed === undefined ? undefined : await parts().sessions.read(sealed);
  if (!session) return undefined;
  if (session.name !== '') return { kind: 'session', user: session.name };
  return { kind: 'nameless', user: userAt('nameless', headers, config) };
}

function userAt(
  name: string,
  headers: Pick<Headers, 'get'>,
  { trustedProxies }: Pick<Config, 'trustedProxies'>,
): string {
  return `${name}@${peerAddress(headers, trustedProxies) || 'unknown'}`;
}

/**
 * @param visitor of the browser, which the right password makes known
 * @throws ApiError `wrong_password`, `too_many_attempts`
 */
export async function checkPassword({
  guess,
  headers,
  config: { password = '', trustedProxies },
  guesses,
  visitor,
}: {
  guess: string;
  headers: Headers;
  config: Pick<Config, 'password' | 'trustedProxies'>;
  guesses: GuessLimit;
  visitor: string | undefined;
}): Promise<void> {
  const isRight = await guesses.isRight({
    guess,
    password,
    address: peerAddress(headers, trustedProxies),
    visitor: visitor === undefined ? undefined : hashVisitor(visitor),
  });
  if (isRight) return;
  throw new ApiError({ code: 'wrong_password', message: 'The password is wrong.' });
}

function bearerOf(headers: Headers): string | undefined {
  return /^bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1];
}

function signInRequired(headers: Headers, { trustedUser, password }: Config): ApiError {
  const found = trustedUser ? trustedUserOf(headers) : {};
  const people =
    'problem' in found
      ? `This server takes people from its sign-in proxy only, which names them in ${trustedUser?.header}, ` +
        `and this request ${found.problem}.`
      : 'This server requires a password. Sign in on its page.';
  const scripts =
    password === undefined
      ? ''
      : ' Scripts send the password as the API key (Authorization: Bearer <password>).';
  return new ApiError({ code: 'sign_in_required', message: people + scripts });
}
