import { expect, it } from 'vitest';
import { isAllowedHost } from './picture-hosts';

it.each([
  ['https://a.test/bear.png', 'a.test', true],
  ['http://a.test/bear.png', 'a.test', true],
  ['https://A.test:443/bear.png', 'a.test', true],
  ['https://a.test:8443/bear.png', 'a.test', false],
  ['https://b.a.test/bear.png', 'a.test', false],
  ['https://a.test:8443/bear.png', 'a.test:8443', true],
  ['https://a.test/bear.png', 'a.test:8443', false],
  // An address does not say the usual port.
  ['https://a.test/bear.png', 'a.test:443', true],
  ['http://a.test/bear.png', 'a.test:80', true],
  ['http://a.test/bear.png', 'a.test:443', false],
  ['https://c.b.a.test/bear.png', '*.a.test', true],
  ['https://b.a.test:8443/bear.png', '*.a.test:8443', true],
  ['https://b.a.test:8443/bear.png', '*.a.test', false],
  ['https://a.test/bear.png', '*.a.test', false],
  ['https://ba.test/bear.png', '*.a.test', false],
  ['https://a.test.evil.test/bear.png', '*.a.test', false],
  ['https://b.test/bear.png', '', false],
])('%s is of the host %s: %s', (address, host, isAllowed) => {
  const hosts = ['other.test', host];
  expect(isAllowedHost(new URL(address), hosts)).toBe(isAllowed);
  expect(isAllowedHost(new URL(address), [])).toBe(false);
});
