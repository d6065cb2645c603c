import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config';
import { isLoopback, listeningAddresses, notePeers, peerAddress } from './addresses';

const trusting = (text: string) => readConfig({ TRUSTED_PROXIES: text }).trustedProxies;
const nobody = trusting('');

let url: string;
let seen: IncomingMessage | undefined;
const server = createServer((request, response) => {
  seen = request;
  response.end();
});
beforeAll(async () => {
  notePeers();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** What a route handler is given of a request with these headers. */
async function headersOf(sent: Record<string, string> = {}): Promise<Headers> {
  await (await fetch(url, { headers: sent })).text();
  return new Headers(seen?.headers as Record<string, string>);
}

describe('the address of a request', () => {
  it('is that of its socket, whatever the client says', async () => {
    const headers = await headersOf({ 'x-forwarded-for': '10.9.9.9', 'x-real-ip': '10.9.9.9' });
    expect(peerAddress(headers, nobody)).toBe('127.0.0.1');
  });

  it('cannot be written by the client, who does not know where it stands', async () => {
    const [name = ''] = [...(await headersOf()).keys()].filter((key) => key.startsWith('x-peer-'));
    expect(name).toMatch(/^x-peer-[0-9a-f-]{36}$/);
    const headers = await headersOf({ [name]: '10.9.9.9' });
    expect(peerAddress(headers, nobody)).toBe('127.0.0.1');
    expect(peerAddress(new Headers({ 'x-peer-a': '10.9.9.9' }), nobody)).toBe('');
  });

  it.each([
    ['10.9.9.9', '10.9.9.9'],
    // What the client wrote itself stands before what the proxy added.
    ['1.1.1.1, 10.9.9.9', '10.9.9.9'],
    ['1.1.1.1, 10.9.9.9, 10.0.0.7', '10.9.9.9'],
    ['', '127.0.0.1'],
    ['nonsense', '127.0.0.1'],
    ['10.9.9.9, nonsense', '127.0.0.1'],
    ['10.0.0.8, 10.0.0.7', '10.0.0.8'],
    ['::ffff:10.9.9.9', '10.9.9.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
  ])('behind trusted proxies is read from X-Forwarded-For: %j → %s', async (forwarded, address) => {
    const headers = await headersOf(forwarded === '' ? {} : { 'x-forwarded-for': forwarded });
    expect(peerAddress(headers, trusting('127.0.0.1, 10.0.0.0/24'))).toBe(address);
  });
});

describe('where this process listens', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['0.0.0.0', '0.0.0.0', false],
  ])('on %s', async (host, address, isLocal) => {
    const server = createSocketServer().listen(0, host);
    await once(server, 'listening');
    const addresses = listeningAddresses();
    server.close();
    await once(server, 'close');
    expect(addresses).toContain(address);
    expect(isLoopback([address])).toBe(isLocal);
  });

  it.each([
    [['127.0.0.1', '::1', '127.8.8.8', '::ffff:127.0.0.1'], true],
    [['127.0.0.1', '::'], false],
    [['::'], false],
    [['192.168.1.7'], false],
    [['fe80::1'], false],
    [['1127.0.0.1'], false],
    // Nothing was found: a server that is not known to be closed counts as open.
    [[], false],
  ])('%j is this machine only: %s', (addresses, expected) => {
    expect(isLoopback(addresses)).toBe(expected);
  });
});
