import 'server-only';
import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type BlockList, isIP } from 'node:net';
import { singleton } from '../singleton';

// A route handler does not see the socket, and Next takes a client's X-Forwarded-For as it comes. So
// the address is written beside the headers of each request, under a name that nobody can guess.
const headerName = () => singleton('peer-header', () => `x-peer-${randomUUID()}`);

/** From now on each request carries the address that its socket has. */
export function notePeers(): void {
  const name = headerName();
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    request.headers[name] = socket.remoteAddress ?? '';
  });
}

/**
 * Whose request it is, as far as that can be known: the address of the socket, or where that is a
 * trusted proxy's, the nearest address in `X-Forwarded-For` that is not.
 * @returns an address, of IPv6 its network (/64), since one machine has them all; '' if unknown
 */
export function peerAddress(headers: Headers, trusted: BlockList): string {
  let address = plain(headers.get(headerName()) ?? '');
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((text) => text.trim());
  while (isTrusted(address, trusted)) {
    const next = plain(forwarded.pop() ?? '');
    if (isIP(next) === 0) break;
    address = next;
  }
  return isIP(address) === 6 ? network(address) : address;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  const family = isIP(address);
  return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address as such, where a socket for both kinds writes it as IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '');
}

function network(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  const groups = [...left, ...Array(zeros).fill('0'), ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
