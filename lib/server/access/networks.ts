import 'server-only';
import { isIP } from 'node:net';

/** An address as text, without a port, brackets or zone; an IPv4 address in its own form. */
export function plainAddress(text: string): string {
  const bare = text.replace(/^([\d.]+):\d+$|^\[(.*)\](:\d+)?$/, '$1$2').replace(/%.*$/, '');
  if (isIP(bare) !== 6) return bare;
  const groups = groupsOf(bare);
  // IPv4-mapped (RFC 4291 §2.5.5.2), as a socket for both families writes it.
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return bare;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** An IPv4 address as it is, or the /64 network of an IPv6 one, since one machine has all of it. */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${hex(groupsOf(address).slice(0, 4))}::/64` : address;
}

/** The /56 and the /48 around a /64: what a provider gives to one customer. None around IPv4. */
export function widerNetworks(network: string): { of56: string; of48: string } | undefined {
  if (!network.endsWith('::/64')) return undefined;
  const groups = network.slice(0, -'::/64'.length).split(':');
  const last = Number.parseInt(groups[3] ?? '0', 16) & 0xff00;
  const site = groups.slice(0, 3).join(':');
  return { of56: `${site}:${last.toString(16)}::/56`, of48: `${site}::/48` };
}

const hex = (groups: number[]) => groups.map((group) => group.toString(16)).join(':');

/** The eight groups of an IPv6 address; a URL writes each of them in hexadecimal. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const read = (text = '') =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [left, right] = [read(head), read(tail)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
