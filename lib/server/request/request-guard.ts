import 'server-only';
import { ApiError } from '../../core/api-error';
import { boundaryOf, formType, parseMediaType } from '../../core/bytes/media-type';
import type { EndpointName } from '../../core/models/model';
import type { Config } from '../config';

/**
 * Refuses a request that another site's page made (CSRF). A browser names the origin of a request in
 * `Sec-Fetch-Site` (W3C Fetch Metadata); on plain http it does not, and `Origin` has to equal the host.
 * SDKs send neither.
 * @param mustSay a request with neither header is refused too
 * @throws ApiError `origin_not_allowed`
 */
export function checkOrigin(
  headers: Headers,
  publicOrigin: string | undefined,
  { mustSay = false }: { mustSay?: boolean } = {},
): void {
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = headers.get('origin');
  const host = headers.get('host') ?? '';
  if (site === null) {
    if (origin === null ? !mustSay : origin === publicOrigin) return;
    if (origin !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase())
      return;
  }
  const from = origin ?? (site === null ? 'an unnamed site (no Origin)' : `another site (${site})`);
  throw new ApiError({
    code: 'origin_not_allowed',
    message:
      `Requests from ${from} are refused, because this server is ` +
      `${publicOrigin ?? host}. If a proxy hides the host, set PUBLIC_ORIGIN to the ` +
      'address that browsers show.',
  });
}

/**
 * Refuses a foreign host name, where the server has a key and serves this machine only: a site can make
 * its own name resolve to this machine (DNS rebinding), and its requests then look like our own page's.
 * @throws ApiError `origin_not_allowed`
 */
export function checkHost(
  headers: Headers,
  { gateway, lock, allowOpen, publicOrigin }: Config,
): void {
  // Elsewhere the server starts with a key only if it has a lock or is open on purpose.
  if (gateway.mode === 'demo' || lock !== undefined || allowOpen) return;
  const host = (headers.get('host') ?? '').toLowerCase();
  if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host)) return;
  if (publicOrigin !== undefined && new URL(publicOrigin).host === host) return;
  throw new ApiError({
    code: 'origin_not_allowed',
    message:
      `Requests to ${host.slice(0, 200)} are refused: the server has a key but no password, so it only ` +
      'serves this machine. Set APP_PASSWORD, or PUBLIC_ORIGIN to the address that browsers show.',
  });
}

/**
 * Checks the media type, encoding and boundary of a body (RFC 9110 §8.3, RFC 2046 §5.1.1).
 * @returns the content type that the server writes for upstream, never the client's own, which another
 * reader may understand otherwise; and the boundary of a form
 * @throws ApiError `unsupported_media_type`; `invalid_multipart` for a form without a plain boundary
 */
export function checkContentType(
  headers: Headers,
  endpoint: EndpointName,
): { contentType: string; boundary: string } {
  const sent = headers.get('content-type') ?? '';
  const expected = endpoint === 'edits' ? 'multipart/form-data' : 'application/json';
  const actual = sent.split(';')[0]?.trim().toLowerCase() ?? '';
  if (actual !== expected) {
    throw unsupported(`Send Content-Type: ${expected}${actual ? `, not ${actual}` : ''}.`);
  }
  const encoding = headers.get('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw unsupported(`Content-Encoding: ${encoding} is not supported. Send the body unencoded.`);
  }
  const mediaType = parseMediaType(sent);
  const charset = mediaType?.parameters.get('charset')?.toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw unsupported(
      `The charset ${charset.slice(0, 80)} is not supported. Send the body in UTF-8.`,
    );
  }
  if (endpoint !== 'edits') {
    if (mediaType) return { contentType: expected, boundary: '' };
    throw unsupported(`The Content-Type is malformed. Send Content-Type: ${expected}.`);
  }
  const boundary = boundaryOf(sent);
  if (boundary !== undefined) return { contentType: formType(boundary), boundary };
  throw new ApiError({
    code: 'invalid_multipart',
    message:
      'The Content-Type needs exactly one valid boundary. Example: multipart/form-data; boundary=abc.',
  });
}

function unsupported(message: string): ApiError {
  return new ApiError({ code: 'unsupported_media_type', message });
}
