import 'server-only';
import { isHttps, readCookie } from '../visitor';
import { sessionSeconds } from './sessions';

const name = 'session';

/** What the session cookie of a request holds, if it has one. */
export function readSessionCookie(headers: Pick<Headers, 'get'>): string | undefined {
  return readCookie(headers, name);
}

/** The `Set-Cookie` header that gives a browser its session. */
export function setSessionCookie(
  sealed: string,
  request: Pick<Request, 'headers' | 'url'>,
): string {
  return cookie(sealed, sessionSeconds, request);
}

/** The `Set-Cookie` header that takes it away. */
export function clearSessionCookie(request: Pick<Request, 'headers' | 'url'>): string {
  return cookie('', 0, request);
}

function cookie(value: string, maxAge: number, request: Pick<Request, 'headers' | 'url'>): string {
  const secure = isHttps(request) ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}
