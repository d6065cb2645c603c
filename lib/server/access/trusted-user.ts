import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { readTrustedName } from '../../core/sign-in';
import type { Config, TrustedUserHeader } from '../config';
import { singleton } from '../singleton';
import { isTrusted } from './addresses';
import { isSameSecret } from './guess-limit';
import { plainAddress } from './networks';

/** The header beside which the name counts, if `PROXY_SECRET` is set. */
const secretHeader = 'x-proxy-secret';

const problems = {
  untrusted: 'came from an address that is not in TRUSTED_PROXIES',
  secret: 'came without the X-Proxy-Secret of the proxy',
  missing: 'has no name of a person',
  twice: 'has more than one name of a person',
  unfit:
    'has a name that is too long, is not UTF-8, or has commas, control characters or outer spaces',
} as const;

/** Why a request names nobody: the rest of a sentence that begins with "the request". */
type NoName = (typeof problems)[keyof typeof problems];

/** Who a request comes from, by the header of a trusted proxy. */
export type TrustedUser = { name: string } | { problem: NoName };

/**
 * Reads the header in which a proxy names the person, out of the request as it came: Node joins two
 * headers of one name into one value.
 * @param rawHeaders names and values in turn, a character for each byte (`IncomingMessage.rawHeaders`)
 * @param address of the socket; no header says anything about it
 */
export function readTrustedUser({
  rawHeaders,
  address,
  proxies,
  trusted,
}: {
  rawHeaders: readonly string[];
  address: string;
  proxies: BlockList;
  trusted: TrustedUserHeader;
}): TrustedUser {
  const valuesOf = (wanted: string) =>
    rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === wanted);
  if (!isTrusted(plainAddress(address), proxies)) return { problem: problems.untrusted };
  if (trusted.secret !== undefined) {
    const [secret, ...more] = valuesOf(secretHeader);
    const isRight = secret !== undefined && isSameSecret(secret, trusted.secret);
    if (!isRight || more.length > 0) return { problem: problems.secret };
  }
  const [value = '', ...more] = valuesOf(trusted.header);
  if (more.length > 0) return { problem: problems.twice };
  if (value === '') return { problem: problems.missing };
  const name = readTrustedName(Buffer.from(value, 'latin1'));
  return name === undefined ? { problem: problems.unfit } : { name };
}

/** Stands for a name in a page, its requests and a cookie of the browser; it proves nothing. */
export function personTag(name: string): string {
  return createHash('sha256').update(`person ${name}`).digest('base64url').slice(0, 16);
}

// A route handler sees neither the socket nor two headers of one name. So what was read is added to the
// headers of each request, under a name that nobody can guess, over whatever stands there.
const noteHeader = () => singleton('trusted-user-header', () => `x-person-${randomUUID()}`);

/** From now on each request carries what its trusted header says, and neither that header nor the secret. */
export function noteTrustedUsers({
  trustedUser: trusted,
  trustedProxies: proxies,
}: Pick<Config, 'trustedUser' | 'trustedProxies'>): void {
  if (!trusted) return;
  const name = noteHeader();
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    const { headers, rawHeaders } = request;
    const address = socket.remoteAddress ?? '';
    const found = readTrustedUser({ rawHeaders, address, proxies, trusted });
    headers[name] = encodeURIComponent(JSON.stringify(found));
    delete headers[trusted.header];
    delete headers[secretHeader];
  });
}

/** Who a request comes from, as it was noted. A request from before the start has no name. */
export function trustedUserOf(headers: Pick<Headers, 'get'>): TrustedUser {
  const noted = headers.get(noteHeader());
  if (noted === null) return { problem: problems.missing };
  return JSON.parse(decodeURIComponent(noted)) as TrustedUser;
}
