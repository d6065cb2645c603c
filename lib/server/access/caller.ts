import 'server-only';
import { ApiError } from '../../core/api-error';
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

/** Who makes a request. */
export interface Caller {
  /** The name for the log and the gateway; undefined: the server has no password. */
  user: string | undefined;
  /** It has sent the password as its API key, which no browser does by itself: its origin is its own. */
  hasKey?: true;
}

/** The caller of a server without a password. */
export const anybody: Caller = { user: undefined };

// Names for callers who give none.
export const sdkUser = 'sdk';
export const namelessUser = 'nameless';

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
    known: createKnownSources({ files: getAccessFiles(), password: getConfig().password ?? '' }),
    onWrong: (whose) => log().warn({ whose }, 'wrong password'),
    onUnsaved: (error) => log().error({ err: error }, 'a known address could not be saved'),
  });

/**
 * Checks who makes a request of the API. People have a session cookie; on requests that change or cost
 * something it counts only if the browser names one of our own pages as the origin. SDKs send the
 * password as their API key.
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
  if (config.password === undefined) {
    if (!isSafe) checkHost(headers, config);
    refuseDoubledCookies(request);
    return anybody;
  }
  const guess = bearerOf(headers);
  if (guess !== undefined) {
    const { guesses } = parts();
    await checkPassword({ guess, headers, config, guesses, visitor: readVisitor(headers) });
    refuseDoubledCookies(request);
    return { user: sdkUser, hasKey: true };
  }
  refuseDoubledCookies(request);
  const caller = await findSession(headers, config, parts);
  if (!caller) throw signInRequired();
  if (!isSafe) checkOrigin(headers, config.publicOrigin, { mustSay: true });
  return caller;
}

/** Who makes a request, by the session cookie alone; undefined: somebody who has not signed in. */
export async function findSession(
  headers: Pick<Headers, 'get'>,
  config: Pick<Config, 'password'> = getConfig(),
  parts: () => LockParts = lockParts,
): Promise<Caller | undefined> {
  if (config.password === undefined) return anybody;
  const sealed = readSessionCookie(headers);
  const session = sealed === undefined ? undefined : await parts().sessions.read(sealed);
  return session && { user: session.name || namelessUser };
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

function signInRequired(): ApiError {
  return new ApiError({
    code: 'sign_in_required',
    message:
      'This server requires a password. Sign in on its page, or send the password as the API key ' +
      '(Authorization: Bearer <password>).',
  });
}
