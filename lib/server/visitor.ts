import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { isUuid, visitorHeader } from '../core/runs/run';

/** In seconds. */
const aYear = 365 * 24 * 60 * 60;

/** The cookie whose value tells one visitor's runs from another's; a UUID. */
export const visitorCookie = {
  name: 'visitor',
  options: { httpOnly: true, sameSite: 'lax', path: '/', maxAge: aYear },
} as const;

/** The value of the cookie of a new visitor. */
export function newVisitor(): string {
  return randomUUID();
}

/**
 * Who makes a request, by the cookie; a browser that keeps no cookies sends a header instead. Both act
 * as a secret that only this browser knows, and another site can send neither.
 * @returns undefined if there is none, or none that is a UUID
 */
export function readVisitor(headers: Headers): string | undefined {
  const own = headers.get(visitorHeader) ?? '';
  const value = readCookie(headers, visitorCookie.name, isUuid) ?? (isUuid(own) ? own : undefined);
  return value?.toLowerCase();
}

/** The value of a cookie. @param fits where several have the name, the first that fits is taken */
export function readCookie(
  headers: Pick<Headers, 'get'>,
  wanted: string,
  fits: (value: string) => boolean = Boolean,
): string | undefined {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2);
    if (name === wanted && fits(value)) return value;
  }
  return undefined;
}

/** The `Set-Cookie` header of a new visitor. */
export function setVisitor(visitor: string, request: Pick<Request, 'headers' | 'url'>): string {
  return setCookie({ name: visitorCookie.name, value: visitor, maxAge: aYear }, request);
}

/** The `Set-Cookie` header of a cookie that only this server reads. @param maxAge in seconds */
export function setCookie(
  { name, value, maxAge }: { name: string; value: string; maxAge: number },
  request: Pick<Request, 'headers' | 'url'>,
): string {
  const secure = isHttps(request) ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** Whether the browser uses https; a proxy that ends TLS says so in `X-Forwarded-Proto`. */
export function isHttps({ headers, url }: Pick<Request, 'headers' | 'url'>): boolean {
  const forwarded = headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase();
  return (forwarded ?? new URL(url).protocol.replace(':', '')) === 'https';
}

/** What a visitor's runs are stored under: with it, a reader of the disk can't ask for them. */
export function hashVisitor(visitor: string): string {
  return createHash('sha256').update(visitor).digest('hex').slice(0, 32);
}
