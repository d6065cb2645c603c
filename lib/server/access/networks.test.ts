import { describe, expect, it } from 'vitest';
import { networkOf, plainAddress, widerNetworks } from './networks';

describe('an address', () => {
  it.each([
    ['10.9.9.9', '10.9.9.9'],
    // As some proxies write it, with the port.
    ['10.9.9.9:51234', '10.9.9.9'],
    ['[2001:db8::9]:51234', '2001:db8::9'],
    ['[2001:db8::9]', '2001:db8::9'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:10.9.9.9', '10.9.9.9'],
    ['::FFFF:0a09:0909', '10.9.9.9'],
    ['0:0:0:0:0:ffff:10.9.9.9', '10.9.9.9'],
    ['::ffff:0:10.9.9.9', '::ffff:0:10.9.9.9'],
    ['nonsense', 'nonsense'],
    ['', ''],
  ])('%j is %j', (text, address) => {
    expect(plainAddress(text)).toBe(address);
  });

  it.each([
    ['10.9.9.9', '10.9.9.9', undefined, undefined],
    ['2001:db8:1:2a3:4:5:6:7', '2001:db8:1:2a3::/64', '2001:db8:1:200::/56', '2001:db8:1::/48'],
    ['2001:0DB8:0001:00ff::9', '2001:db8:1:ff::/64', '2001:db8:1:0::/56', '2001:db8:1::/48'],
    ['2001:db8::9', '2001:db8:0:0::/64', '2001:db8:0:0::/56', '2001:db8:0::/48'],
    ['1::3:4:5:6:1.2.3.4', '1:0:3:4::/64', '1:0:3:0::/56', '1:0:3::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0:0::/56', '0:0:0::/48'],
  ])('%s is in %s, %s and %s', (address, network, of56, of48) => {
    expect(networkOf(address)).toBe(network);
    expect(widerNetworks(network)).toEqual(of56 === undefined ? undefined : { of56, of48 });
  });
});
