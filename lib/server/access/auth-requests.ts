import 'server-only';
import { ApiError } from '../../core/api-error';
import { maxNameCharacters, readName } from '../../core/sign-in';
import { apiHeaders, jsonResponse } from '../answer/response';
import { type Config, getConfig } from '../config';
import { refuseDoubledCookies } from '../cookies';
import { log } from '../log';
import { checkContentType, checkOrigin } from '../request/request-guard';
import { readSmallObject } from '../request/small-body';
import { refusal } from '../routes';
import { giveVisitor, newVisitor, readVisitor, renewVisitor } from '../visitor';
import { checkPassword, type LockParts, lockParts } from './caller';
import { readSessionCookie, sessionCookie } from './sessions';

/** `POST /api/auth/login` with JSON `{password, name?}`: 200 and the cookie, or 401, or 429. */
export async function handleSignIn(
  request: Request,
  config: Config = getConfig(),
  parts: () => LockParts = lockParts,
): Promise<Response> {
  const { headers } = request;
  try {
    checkOrigin(headers, config.publicOrigin);
    if (config.lock !== 'password') throw noSignIn(config);
    refuseDoubledCookies(request);
    checkContentType(headers, 'generations');
    const { password, name } = await readSignIn(request);
    const { sessions, guesses } = parts();
    const known = readVisitor(headers);
    const visitor = known ?? newVisitor();
    await checkPassword({ guess: password, headers, config, guesses, visitor });
    const answer = jsonResponse({ name });
    answer.headers.append('set-cookie', sessionCookie(await sessions.begin(name), headers));
    if (known === undefined) giveVisitor(answer, visitor, headers);
    log().info({ user: name }, 'signed in');
    return answer;
  } catch (error) {
    return refusal(error);
  }
}

/**
 * `POST /api/auth/logout`: 204. The session ends for every copy of its cookie. With `?forget` the browser is a
 * new visitor as well, so that whoever uses it next finds no run from before.
 */
export async function handleSignOut(
  request: Request,
  config: Config = getConfig(),
  parts: () => LockParts = lockParts,
): Promise<Response> {
  try {
    checkOrigin(request.headers, config.publicOrigin, { mustSay: true });
    if (config.lock !== 'password') throw noSignIn(config);
    refuseDoubledCookies(request);
    const sealed = readSessionCookie(request.headers);
    const session = sealed === undefined ? undefined : await parts().sessions.read(sealed);
    if (session) {
      // It ends at once. If the disk can't keep that, a restart would forget it, so the log says so.
      await parts()
        .sessions.end(session)
        .catch((error: unknown) => log().error({ err: error }, 'a sign-out could not be saved'));
      log().info({ user: session.name }, 'signed out');
    }
    const headers = { ...apiHeaders, 'set-cookie': sessionCookie('', request.headers) };
    const answer = new Response(null, { status: 204, headers });
    const { searchParams } = new URL(request.url);
    if (searchParams.has('forget')) renewVisitor(answer, request.headers);
    return answer;
  } catch (error) {
    return refusal(error);
  }
}

async function readSignIn(request: Request): Promise<{ password: string; name: string }> {
  const { password, name = '' } = await readSmallObject(request);
  if (typeof password !== 'string') throw wrong('password', 'password must be a string.');
  if (typeof name !== 'string') throw wrong('name', 'name must be a string.');
  if (name.trim() === '') return { password, name: '' };
  const read = readName(name);
  if ('name' in read) return { password, name: read.name };
  throw wrong(
    'name',
    read.problem === 'too_long'
      ? `name must have at most ${maxNameCharacters} characters.`
      : 'name must have no control characters.',
  );
}

function wrong(param: string, message: string): ApiError {
  return new ApiError({ code: 'invalid_value', param, message });
}

function noSignIn({ lock }: Config): ApiError {
  return new ApiError({
    code: 'not_found',
    message:
      lock === 'header'
        ? 'People sign in and out at the proxy in front of this server, not here.'
        : 'This server has no password, so sign-in is not available.',
  });
}
