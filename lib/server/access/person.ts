import 'server-only';
import { createHash } from 'node:crypto';
import type { BlockList } from 'node:net';
import { peerAddress } from './addresses';
import type { Caller } from './caller';

/**
 * The person behind a request, as far as it is known: the name that a proxy gave, or that was given at the
 * sign-in, otherwise the network of the address. Not the visitor, for cookies are easily made.
 * @returns a hash, since it is kept on the disk
 */
export function personOf(
  { kind, user }: Caller,
  headers: Headers,
  trustedProxies: BlockList,
): string {
  const isNamed = kind === 'sso' || kind === 'session';
  const person = isNamed ? `name ${user}` : `network ${peerAddress(headers, trustedProxies)}`;
  return createHash('sha256').update(person).digest('base64url').slice(0, 16);
}
