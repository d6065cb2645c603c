import 'server-only';
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { isUuid, visitorHeader } from '../core/runs/run';
import { getAccessFiles } from './access/access-files';
import { getOldNames } from './access/old-names';
import { getConfig } from './config';
import { type CookieHeaders, readCookie, readOldCookie, setCookie } from './cookies';

/** In seconds. */
const aYear = 365 * 24 * 60 * 60;

/** The value of the cookie of a new visitor. */
export function newVisitor(): string {
  return randomUUID();
}

/**
 * Who makes a request, by the cookie `visitor`, whose value tells one visitor's runs from another's; a
 * browser that keeps no cookies sends a header instead. Both act as a secret that only this browser
 * knows, and another site can send neither.
 * @returns undefined if there is none, or none that is a UUID
 */
export function readVisitor(headers: CookieHeaders): string | undefined {
  return uuid(readCookie(headers, 'visitor')) ?? uuid(headers.get(visitorHeader));
}

/**
 * Whose runs a request may read and delete: those of its visitor, and those that its browser started
 * before its cookie got the name that it has on https. A start never stores a run under the old one,
 * which a neighbour host may have planted, and so cannot read what is started now.
 */
export function readVisitors(
  headers: CookieHeaders,
  oldNames: () => { count(): boolean } = getOldNames,
): string[] {
  const found = [readVisitor(headers), uuid(readCookie(headers, 'visitor-before'))];
  const old = uuid(readOldCookie(headers, 'visitor'));
  if (old !== undefined && oldNames().count()) found.push(old);
  return found.filter((visitor) => visitor !== undefined);
}

/**
 * The visitor of a start that has none. A page that was open when the name changed starts several runs
 * at once, or one again whose answer was lost: from one address they all get the same new visitor, or
 * the browser would keep only the last one and the other runs would be paid for nobody.
 */
export function visitorOfStart(
  headers: CookieHeaders,
  address: string,
  secret: () => Buffer = () => getAccessFiles().secret,
): string {
  const [before] = readVisitors(headers);
  if (before === undefined) return newVisitor();
  const hash = createHmac('sha256', secret()).update(`visitor ${before} ${address}`).digest('hex');
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/**
 * Gives a browser its visitor. Where it had one under the old name, its runs stay readable as long as
 * they are kept.
 */
export function giveVisitor(response: Response, visitor: string, headers: CookieHeaders): void {
  const [before] = readVisitors(headers);
  const give = (name: 'visitor' | 'visitor-before', value: string, maxAge: number) =>
    response.headers.append('set-cookie', setCookie({ name, value, maxAge }, headers));
  give('visitor', visitor, aYear);
  if (before !== undefined) give('visitor-before', before, getConfig().spoolMaxAgeMs / 1000);
}

/** Makes a browser a new visitor that has no way to the runs from before. */
export function renewVisitor(response: Response, headers: CookieHeaders): void {
  for (const cookie of [
    { name: 'visitor', value: newVisitor(), maxAge: aYear },
    { name: 'visitor-before', value: '', maxAge: 0 },
  ] as const) {
    response.headers.append('set-cookie', setCookie(cookie, headers));
  }
}

/** What stands for a visitor on the disk: with it, a reader of the disk can't ask for its runs. */
export function hashVisitor(visitor: string): string {
  return createHash('sha256').update(visitor).digest('hex').slice(0, 32);
}

/**
 * What a visitor's runs are stored under for who asks. Where a proxy names people, another name in one
 * browser is another visitor, and the first finds its runs again when it comes back.
 */
export function visitorFor(
  { kind, user }: { kind: string; user: string | undefined },
  visitor: string,
): string {
  return hashVisitor(kind === 'sso' ? `${visitor} ${user}` : visitor);
}

function uuid(value: string | null | undefined): string | undefined {
  return value && isUuid(value) ? value.toLowerCase() : undefined;
}
