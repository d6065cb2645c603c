import 'server-only';
import { ApiError } from '../core/api-error';
import { getConfig } from './config';

// On https a cookie of ours carries `__Host-`, which browsers take from this host alone, for `/` and
// with Secure (RFC 6265bis §4.1.3.2). Without it a neighbour host may plant one of the same name for
// their common parent domain, or for a path, and the server could not tell it from its own.

/** A cookie of ours, as it is named on plain http. */
export type CookieName = 'visitor' | 'session' | 'visitor-before';

const names: readonly CookieName[] = ['visitor', 'session', 'visitor-before'];
const prefix = '__Host-';

/** The headers of a request; all that is read of them here is a client's word about itself. */
export type CookieHeaders = Pick<Headers, 'get'>;

/**
 * Whether the browser uses https: a proxy that ends TLS says so, or the request names the host of an
 * https `PUBLIC_ORIGIN`. Anyone may write `X-Forwarded-Proto`, but no other site can make a browser
 * send it, so that whoever lies only renames his own cookies.
 */
export function isHttps(headers: CookieHeaders, publicOrigin = getConfig().publicOrigin): boolean {
  const forwarded = headers.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase();
  return forwarded === 'https' || publicOrigin === `https://${headers.get('host')?.toLowerCase()}`;
}

/** The value of a cookie of ours. Beside a `__Host-` name the plain ones do not count; nor on https. */
export function readCookie(headers: CookieHeaders, name: CookieName): string | undefined {
  return onlyValue(headers, hasHostNames(headers) ? prefix + name : name);
}

/** The value that an https browser has under the plain name, from before the names had a prefix. */
export function readOldCookie(headers: CookieHeaders, name: CookieName): string | undefined {
  const isAlone = isHttps(headers) && !sendsHostNames(headers);
  return isAlone ? onlyValue(headers, name) : undefined;
}

/** The `Set-Cookie` header of a cookie that only this server reads. @param maxAge in seconds */
export function setCookie(
  { name, value, maxAge }: { name: CookieName; value: string; maxAge: number },
  headers: CookieHeaders,
): string {
  const isHost = hasHostNames(headers);
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
  return `${isHost ? prefix : ''}${name}=${value}; ${attributes}${isHost ? '; Secure' : ''}`;
}

/** The error where a request has two cookies of one name, and how its answer deletes them. */
class DoubledCookie extends ApiError {
  readonly setCookies: string[];

  constructor(name: string, setCookies: string[]) {
    super({
      code: 'invalid_value',
      param: 'Cookie',
      message:
        `The browser sent two cookies named ${name}, so neither is trusted. Both were deleted now; ` +
        'try again. If this message comes again, clear the cookies of this site in the browser.',
    });
    this.setCookies = setCookies;
  }
}

/** @throws ApiError `invalid_value` with `setCookies`, where a cookie of ours came twice */
export function refuseDoubledCookies(request: Pick<Request, 'headers' | 'url'>): void {
  const name = doubledCookie(request.headers);
  if (name !== undefined) throw new DoubledCookie(name, deleteCookie(name, request));
}

/** The name that several cookies of a request have, if it is one that counts. */
export function doubledCookie(headers: CookieHeaders): string | undefined {
  const counted = sendsHostNames(headers)
    ? names.map((name) => prefix + name)
    : isHttps(headers)
      ? ['visitor']
      : names;
  return counted.find((name) => valuesOf(headers, name).length > 1);
}

const mostSegments = 8;
const mostDomains = 6;
// A proxy in front may refuse an answer with more than 4 KB of headers (nginx). The shortest paths come
// first: nobody can plant a cookie for a path that he does not know.
const mostCharacters = 2500;

/**
 * The `Set-Cookie` headers that delete a cookie wherever it may come from: for each prefix of the
 * request's path, with and without a slash at its end (RFC 6265 §5.1.4), and each for this host alone
 * and for it and its parent domains.
 */
export function deleteCookie(
  name: string,
  { headers, url }: Pick<Request, 'headers' | 'url'>,
  publicOrigin = getConfig().publicOrigin,
): string[] {
  if (name.startsWith(prefix)) return [`${name}=; Path=/; Max-Age=0; Secure`];
  const host = publicOrigin ?? `http://${headers.get('host') ?? ''}`;
  const domains = URL.canParse(host) ? parentDomains(new URL(host).hostname) : [];
  const { pathname } = new URL(url);
  const segments = pathname.split('/').slice(1, mostSegments + 1);
  const paths = segments.flatMap((_, index) => {
    const path = `/${segments.slice(0, index).join('/')}`;
    return index === 0 ? [path] : [path, `${path}/`];
  });
  if (!pathname.endsWith('/') && segments.length <= mostSegments) paths.push(pathname);
  let characters = 0;
  return paths
    .filter((path) => !/[;\s]/.test(path))
    .flatMap((path) => [
      `${name}=; Path=${path}; Max-Age=0`,
      ...domains.map((domain) => `${name}=; Path=${path}; Domain=${domain}; Max-Age=0`),
    ])
    .filter((cookie) => {
      characters += 'set-cookie: \r\n'.length + cookie.length;
      return characters <= mostCharacters;
    });
}

// A top-level domain has no cookies, nor has a number.
function parentDomains(host: string): string[] {
  if (/^[\d.]+$|:/.test(host)) return [];
  const labels = host.split('.');
  return labels
    .slice(0, -1)
    .map((_, index) => labels.slice(index).join('.'))
    .slice(-mostDomains);
}

const sendsHostNames = (headers: CookieHeaders) =>
  names.some((name) => valuesOf(headers, prefix + name).length > 0);

const hasHostNames = (headers: CookieHeaders) => sendsHostNames(headers) || isHttps(headers);

function onlyValue(headers: CookieHeaders, name: string): string | undefined {
  const [value, ...more] = valuesOf(headers, name);
  return value !== '' && more.length === 0 ? value : undefined;
}

function valuesOf(headers: CookieHeaders, wanted: string): string[] {
  return (headers.get('cookie') ?? '').split(';').flatMap((pair) => {
    // Not `trim`: a name that begins with a no-break space is another one, and any host may set it.
    const [name = '', ...value] = pair.replace(/^[ \t]+|[ \t]+$/g, '').split('=');
    return name === wanted ? [value.join('=')] : [];
  });
}
