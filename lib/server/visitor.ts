import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { isUuid, visitorHeader } from '../core/runs/run';

const aYear = 365 * 24 * 60 * 60;

/** The cookie that tells one visitor's runs from another's. */
export const visitorCookie = {
  name: 'visitor',
  options: { httpOnly: true, sameSite: 'lax', path: '/', maxAge: aYear },
} as const;

/** A name for a visitor who has none. */
export function newVisitor(): string {
  return randomUUID();
}

/**
 * The visitor that a `Cookie` header names; of a browser that keeps no cookies, a header of its own.
 * Either is as good as a secret that nobody else knows, and neither can be sent by another site.
 * @returns undefined if there is none, or if it is nothing that this server would have given
 */
export function readVisitor(headers: Headers): string | undefined {
  const own = headers.get(visitorHeader) ?? '';
  const value = readCookie(headers, visitorCookie.name, isUuid) ?? (isUuid(own) ? own : undefined);
  return value?.toLowerCase();
}

/** The value of a cookie; of several of that name, the first that fits. */
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

/** The `Set-Cookie` header that gives a visitor a name. */
export function setVisitor(visitor: string, request: Pick<Request, 'headers' | 'url'>): string {
  const secure = isHttps(request) ? '; Secure' : '';
  return `visitor=${visitor}; Path=/; Max-Age=${aYear}; HttpOnly; SameSite=Lax${secure}`;
}

/** Whether the visitor's browser speaks https; a proxy that ends TLS in front of us says so. */
export function isHttps({ headers, url }: Pick<Request, 'headers' | 'url'>): boolean {
  const forwarded = headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase();
  return (forwarded ?? new URL(url).protocol.replace(':', '')) === 'https';
}

/** What a visitor's runs are filed under: whoever reads the disk cannot follow them with it. */
export function hashVisitor(visitor: string): string {
  return createHash('sha256').update(visitor).digest('hex').slice(0, 32);
}
