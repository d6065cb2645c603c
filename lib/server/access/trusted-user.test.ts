import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config';
import { noteTrustedUsers, readTrustedUser, trustedUserOf } from './trusted-user';

const settings = { TRUSTED_USER_HEADER: 'X-Forwarded-User', TRUSTED_PROXIES: '10.0.0.0/8, ::1' };

/** Who somebody is for a server, by headers as they came. */
function read(rawHeaders: string[], { address = '10.0.0.1', secret = '' } = {}) {
  const { trustedUser, trustedProxies } = readConfig({ ...settings, PROXY_SECRET: secret });
  if (!trustedUser) throw new Error('No header is trusted');
  return readTrustedUser({ rawHeaders, address, proxies: trustedProxies, trusted: trustedUser });
}
const nameOf = (...given: Parameters<typeof read>) => {
  const found = read(...given);
  return 'name' in found ? found.name : undefined;
};
/** A name as Node gives it: a character for each byte. */
const bytes = (name: string) => Buffer.from(name).toString('latin1');
const header = 'X-Forwarded-User';

describe('a name', () => {
  it.each(['ann', 'Ann Ö’Neill', '李小明', 'ann@example.com', 'a'.repeat(256), '李'.repeat(256)])(
    'may be %s',
    (name) => {
      expect(nameOf([header, bytes(name)])).toBe(name);
    },
  );

  it.each([
    ['nothing', ''],
    ['a space', ' '],
    ['two names', 'ann, bob'],
    ['a comma', 'ann,'],
    ['a tab', 'a\tb'],
    ['a control character', 'a\x01b'],
    ['one of the second kind', bytes('a\u0085b')],
    ['a turn of the direction of writing', bytes('a\u202eb')],
    ['an end of line', bytes('a\u2028b')],
    ['Latin-1', 'J\xfcrgen'],
    ['half a character', bytes('李').slice(0, 2)],
    ['a surrogate', '\xed\xa0\x80'],
    ['more than 256 characters', 'a'.repeat(257)],
    ['an outer space that headers keep', bytes('ann\u00a0')],
    ['a mark of the byte order', bytes('\ufeffann')],
  ])('may not be %s', (_, value) => {
    expect(nameOf([header, value])).toBeUndefined();
  });
});

it('counts however its header is written', () => {
  for (const name of [header, header.toLowerCase(), header.toUpperCase()]) {
    expect(nameOf([name, 'ann'])).toBe('ann');
  }
});

it.each([
  ['two headers of one name', [header, 'ann', header, 'ann']],
  ['two that differ in their case', [header, 'ann', 'x-forwarded-user', 'bob']],
  ['an empty one before it', [header, '', header, 'ann']],
  ['an empty one after it', [header, 'ann', header, '']],
  ['underscores', ['X_Forwarded_User', 'ann']],
  ['a value that looks like a header', ['X-Other', header, 'X-More', 'ann']],
  ['no header', []],
])('%s name nobody', (_, rawHeaders) => {
  expect(nameOf(rawHeaders)).toBeUndefined();
});

it('beside underscores is the one of the right header', () => {
  expect(nameOf(['X_Forwarded_User', 'bob', header, 'ann'])).toBe('ann');
});

it.each([
  ['10.0.0.1', 'ann'],
  ['::ffff:10.0.0.1', 'ann'],
  ['::1', 'ann'],
  ['11.0.0.1', undefined],
  ['::2', undefined],
  ['', undefined],
])('from the socket of %j is of %s', (address, name) => {
  const forwarded = ['X-Forwarded-For', '10.0.0.1', 'X-Real-IP', '10.0.0.1'];
  expect(nameOf([header, 'ann', ...forwarded], { address })).toBe(name);
});

describe('with a secret', () => {
  const secret = '5f0c9a7b31d84e62';
  const right = ['X-Proxy-Secret', secret];

  it('counts beside the secret', () => {
    expect(nameOf([header, 'ann', ...right], { secret })).toBe('ann');
    expect(nameOf(['x-proxy-secret', secret, header, 'ann'], { secret })).toBe('ann');
  });

  it.each([
    ['without it', []],
    ['beside a wrong one', ['X-Proxy-Secret', `${secret}0`]],
    ['beside the beginning of it', ['X-Proxy-Secret', secret.slice(0, -1)]],
    ['beside an empty one', ['X-Proxy-Secret', '']],
    ['beside two', [...right, ...right]],
    ['beside a wrong and a right one', ['X-Proxy-Secret', 'wrong', ...right]],
    ['beside underscores', ['X_Proxy_Secret', secret]],
  ])('does not count %s', (_, more) => {
    const found = read([header, 'ann', ...more], { secret });
    expect(found).toEqual({ problem: expect.stringContaining('X-Proxy-Secret') });
    expect(JSON.stringify(found)).not.toContain(secret.slice(0, -1));
  });

  it('does not count from elsewhere', () => {
    expect(nameOf([header, 'ann', ...right], { secret, address: '11.0.0.1' })).toBeUndefined();
  });
});

it('is noted on each request, over whatever stands there, and goes no further itself', async () => {
  const config = readConfig({
    TRUSTED_USER_HEADER: 'X-Forwarded-User',
    TRUSTED_PROXIES: '127.0.0.1',
    PROXY_SECRET: '5f0c9a7b31d84e62',
  });
  let seen = new Headers();
  const server = createServer(({ headers }, response) => {
    seen = new Headers(headers as Record<string, string>);
    response.end();
  });
  noteTrustedUsers(config);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async (headers: Record<string, string>) => {
    await (await fetch(`http://127.0.0.1:${port}`, { headers })).text();
    return trustedUserOf(seen);
  };
  const ann = { 'x-forwarded-user': bytes('李'), 'x-proxy-secret': '5f0c9a7b31d84e62' };
  expect(await ask(ann)).toEqual({ name: '李' });
  expect([...seen.values()].join()).not.toContain('5f0c9a7b31d84e62');
  expect(seen.has('x-forwarded-user')).toBe(false);
  const [name = ''] = [...seen.keys()].filter((key) => key.startsWith('x-person-'));
  const forged = encodeURIComponent(JSON.stringify({ name: 'eve' }));
  expect(await ask({ [name]: forged })).toMatchObject({ problem: expect.any(String) });
  expect(await ask({ ...ann, [name]: forged })).toEqual({ name: '李' });
  expect(trustedUserOf(new Headers({ 'x-person-a': forged }))).not.toHaveProperty('name');
  server.close();
});
