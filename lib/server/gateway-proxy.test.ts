import { describe, expect, it } from 'vitest';
import { readGatewayProxy } from './gateway-proxy';

const proxy = 'http://user:secret@proxy.test:3128';
const read = (env: Record<string, string>, baseUrl = 'https://gateway.test/v1') =>
  readGatewayProxy((name) => env[name], baseUrl);

describe('the proxy before the gateway', () => {
  it('is that of the scheme of the gateway, in lower case first', () => {
    expect(read({})).toBeUndefined();
    expect(read({ HTTPS_PROXY: proxy })).toBe(proxy);
    expect(read({ HTTPS_PROXY: 'http://other.test', https_proxy: proxy })).toBe(proxy);
    expect(read({ HTTP_PROXY: proxy })).toBeUndefined();
    expect(read({ HTTP_PROXY: proxy }, 'http://gateway.test/v1')).toBe(proxy);
    expect(read({ HTTPS_PROXY: 'proxy.test:3128' })).toBe('http://proxy.test:3128');
  });

  it.each([
    ['*', true],
    ['gateway.test', true],
    ['GATEWAY.TEST', true],
    ['test', true],
    ['.test', true],
    ['*.test', true],
    ['a.test, gateway.test:443', true],
    ['gateway.test:80', false],
    ['way.test', false],
    ['other.test', false],
    [',', false],
  ])('is passed by for NO_PROXY=%s: %s', (exceptions, isDirect) => {
    const env = { HTTPS_PROXY: proxy, NO_PROXY: exceptions };
    expect(read(env) === undefined).toBe(isDirect);
  });

  it.each(['http://localhost:1/v1', 'http://127.0.0.1:1/v1', 'http://[::1]:1/v1'])(
    'is never asked for %s',
    (baseUrl) => expect(read({ HTTP_PROXY: proxy }, baseUrl)).toBeUndefined(),
  );

  it('is refused if it is none, without its password', () => {
    for (const wrong of ['socks5://u:secret@proxy.test', 'http://u:secret@:x']) {
      expect(() => read({ HTTPS_PROXY: wrong })).toThrow(
        /^HTTPS_PROXY is not.*Example: HTTPS_PROXY=/,
      );
      expect(() => read({ HTTPS_PROXY: wrong })).not.toThrow(/secret/);
    }
  });
});
