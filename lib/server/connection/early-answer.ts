import 'server-only';
import type { IncomingMessage } from 'node:http';
import { ApiError } from '../../core/api-error';

/** What is used of a request's head. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/**
 * `page` renders; `file` is read from the build; `health` (and ready) waits for nobody; `upload` is one of the
 * three POSTs that may carry hundreds of megabytes; `sign-in` is below /api/auth; `api` is every other
 * address under /api.
 */
export type RequestKind = 'page' | 'file' | 'health' | 'upload' | 'sign-in' | 'api';

/** A request that is answered before Next sees it. */
export interface EarlyAnswer {
  error: ApiError;
  headers: Record<string, string>;
}

// The methods that a route of Next can have. Any other is answered as OPTIONS is, which no route has:
// 405 in the envelope, with the route's own `Allow`.
const routeMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const uploadPath = /^\/api\/v1\/(images\/generations|images\/edits|chat\/completions)\/?$/;

/**
 * Brings a request's head into the form that Next expects, and says what kind of request it is.
 * - The absolute form of a target (`GET http://host/path`) becomes its path, and its host counts
 *   (RFC 9112 §3.2.2).
 * - Percent signs that encode nothing are refused under /api; elsewhere they stand for themselves, and
 *   the page is not found.
 * - Headers in which Next speaks with its own proxy go.
 * - Pages have no other methods than GET and HEAD, and there are no server actions: Next would read the
 *   body, and write what `Next-Action` says into the log.
 */
export function readHead(head: RequestHead): { kind: RequestKind } | EarlyAnswer {
  const { method = 'GET', headers } = head;
  const absolute = /^https?:\/\/([^/?#@\\\s]+)([/?].*)?$/i.exec(head.url ?? '');
  if (absolute) {
    const [, host = '', rest = ''] = absolute;
    headers.host = host;
    head.url = rest.startsWith('/') ? rest : `/${rest}`;
  }
  const { url = '' } = head;
  if (!url.startsWith('/')) {
    return refuse('invalid_value', 'The address of a request must be a path that begins with /.');
  }
  // With one of these Next answers `{}` in place of the page, or of what the API says.
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-middleware-')) delete headers[name];
  }
  const path = url.split('?', 1)[0] ?? '';
  if (path === '/api' || path.startsWith('/api/')) {
    if (!isDecodable(url)) {
      return refuse(
        'invalid_value',
        'The address is not valid percent-encoded UTF-8. Write a percent sign as %25.',
      );
    }
    if (!routeMethods.has(method)) head.method = 'OPTIONS';
    if (path === '/api/health' || path === '/api/ready') return { kind: 'health' };
    if (path.startsWith('/api/auth/')) return { kind: 'sign-in' };
    return { kind: method === 'POST' && uploadPath.test(path) ? 'upload' : 'api' };
  }
  if (headers['next-action'] !== undefined) {
    return refuse('not_found', 'This server has no server actions.');
  }
  if (method !== 'GET' && method !== 'HEAD') {
    const allow = { allow: 'GET, HEAD' };
    return refuse('method_not_allowed', 'This address accepts only GET, HEAD.', allow);
  }
  if (!isDecodable(path)) head.url = path.replaceAll('%', '%25') + url.slice(path.length);
  return { kind: path.startsWith('/_next/static/') ? 'file' : 'page' };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function refuse(
  code: 'invalid_value' | 'not_found' | 'method_not_allowed',
  message: string,
  headers: Record<string, string> = {},
): EarlyAnswer {
  return { error: new ApiError({ code, message }), headers };
}
