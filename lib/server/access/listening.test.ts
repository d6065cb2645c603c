import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isLoopback, listeningAddresses } from './listening';

describe('where this process listens', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['0.0.0.0', '0.0.0.0', false],
  ])('on %s', async (host, address, isLocal) => {
    const server = createServer().listen(0, host);
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
