import 'server-only';
import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP, type Socket } from 'node:net';
import { singleton } from '../singleton';
import { networkOf, plainAddress } from './networks';

// A route handler can't see the socket, and Next passes a client's X-Forwarded-For on as it comes. So
// the address is added to the headers of each request, under a name that nobody can guess.
const headerName = () => singleton('peer-header', () => `x-peer-${randomUUID()}`);

/** From now on each request carries the address of its socket in a header. */
export function notePeers(): void {
  const name = headerName();
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    request.headers[name] = socket.remoteAddress ?? '';
  });
}

/**
 * The client's address: that of the socket, or if that is a trusted proxy's, the nearest address in
 * `X-Forwarded-For` that is not.
 * @returns an IPv4 address, or the /64 network of an IPv6 one, since one machine has all of it; '' if
 * unknown
 */
export function peerAddress(headers: Pick<Headers, 'get'>, trusted: BlockList): string {
  let address = plainAddress(headers.get(headerName()) ?? '');
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((text) => text.trim());
  while (isTrusted(address, trusted)) {
    const next = plainAddress(forwarded.pop() ?? '');
    if (isIP(next) === 0) break;
    address = next;
  }
  return networkOf(address);
}

/** Whether an address is one of these. @param address as `plainAddress` gives it */
export function isTrusted(address: string, trusted: BlockList): boolean {
  const family = isIP(address);
  return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

// What is used of a socket in Node's diagnostic report.
interface ReportedHandle {
  type: string;
  localEndpoint?: { ip4?: string; ip6?: string; port: number } | null;
  remoteEndpoint?: object | null;
}

/**
 * The addresses that this process listens on, read from its sockets (Node's diagnostic report): Next
 * listens before any of our code runs, and does not say where.
 */
export function listeningAddresses(): string[] {
  // `excludeNetwork` is new in Node 20.13 and not in the types.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  const before = report.excludeNetwork;
  // Otherwise the report looks up each address in the DNS.
  report.excludeNetwork = true;
  const { libuv = [] } = report.getReport() as unknown as { libuv?: ReportedHandle[] };
  report.excludeNetwork = before;
  return libuv
    .filter(({ type, remoteEndpoint }) => type === 'tcp' && !remoteEndpoint)
    .flatMap(({ localEndpoint }) => localEndpoint?.ip4 ?? localEndpoint?.ip6 ?? []);
}

/** Whether only this machine can reach these addresses. False if there are none: it is not known. */
export function isLoopback(addresses: readonly string[]): boolean {
  return (
    addresses.length > 0 && addresses.every((address) => /^127\.|^::1$|^::ffff:127\./.test(address))
  );
}
