import { describe, expect, it } from 'vitest';
import { catalogue } from '../core/models/catalogue';
import { readConfig } from './config';
import { SettingsError } from './settings-error';

const key = 'sk-0123456789abcdef';
const baseUrl = 'https://gateway.example.com/api/v1';
const sso = { TRUSTED_USER_HEADER: 'X-Forwarded-User', TRUSTED_PROXIES: '127.0.0.1' };
const withKey = { TURING_BASE_URL: baseUrl, TURING_API_KEY: key };

function sentenceOf(env: Record<string, string | undefined>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('The settings were accepted');
}

describe('settings', () => {
  it('may all be left out', () => {
    for (const env of [{}, { TURING_API_KEY: '', TURING_TIMEOUT_MS: ' ', MODELS_FILE: '' }]) {
      expect(readConfig(env)).toMatchObject({
        gateway: { mode: 'demo', latencyMs: 1500 },
        models: catalogue,
        timeoutMs: 600_000,
        publicOrigin: undefined,
        dataDir: '.data',
        spoolMaxBytes: 10 * 1024 ** 3,
        spoolMaxAgeMs: 24 * 60 * 60 * 1000,
        pictureHosts: [],
        password: undefined,
        allowOpen: false,
      });
    }
  });

  it('with a key and an address lead to the gateway', () => {
    expect(readConfig(withKey).gateway).toEqual({ mode: 'gateway', baseUrl, apiKey: key });
  });

  it('take a password, and networks of proxies', () => {
    const { password, allowOpen, trustedProxies } = readConfig({
      APP_PASSWORD: 'eight-8!',
      ALLOW_OPEN: '1',
      TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8 ::1,fd00::/8',
    });
    expect({ password, allowOpen }).toEqual({ password: 'eight-8!', allowOpen: true });
    expect(['127.0.0.1', '10.1.2.3', '127.0.0.2'].map((ip) => trustedProxies.check(ip))).toEqual([
      true,
      true,
      false,
    ]);
    expect(trustedProxies.check('fd12::1', 'ipv6')).toBe(true);
  });

  it.each([
    [{}, undefined],
    [{ APP_PASSWORD: 'eight-8!' }, 'password'],
    [sso, 'header'],
    [{ ...sso, APP_PASSWORD: 'eight-8!' }, 'header'],
    [{ ...sso, ALLOW_OPEN: '1' }, 'header'],
  ])('of %j have one lock: %s', (env, lock) => {
    expect(readConfig(env).lock).toBe(lock);
  });

  it('name the header of a proxy in any case', () => {
    for (const name of [
      'x-forwarded-user',
      'Remote-User',
      'Forwarded-User',
      'X-Auth-Request-Email',
    ]) {
      const { trustedUser } = readConfig({ ...sso, TRUSTED_USER_HEADER: name });
      expect(trustedUser).toEqual({ header: name.toLowerCase(), secret: undefined });
    }
  });

  it('take a key of eight characters', () => {
    expect(() => readConfig({ ...withKey, TURING_API_KEY: 'sk-short' })).not.toThrow();
  });

  it('with an address alone stay with the demo gateway', () => {
    expect(readConfig({ TURING_BASE_URL: baseUrl }).gateway.mode).toBe('demo');
  });

  it.each([
    ['https://gateway.example.com/api/v1/', baseUrl],
    ['https://gateway.example.com/api/v1//', baseUrl],
    ['  https://gateway.example.com/api/v1  ', baseUrl],
    ['http://10.0.0.1:8080', 'http://10.0.0.1:8080'],
    ['http://10.0.0.1:8080/', 'http://10.0.0.1:8080'],
  ])('take the address %j', (given, expected) => {
    expect(readConfig({ ...withKey, TURING_BASE_URL: given }).gateway).toMatchObject({
      baseUrl: expected,
    });
  });

  it.each([
    ['PUBLIC_ORIGIN', 'https://Playground.example.com/', 'https://playground.example.com'],
    ['PUBLIC_ORIGIN', 'http://playground.test:8080', 'http://playground.test:8080'],
  ])('take %s=%s', (name, given, expected) => {
    expect(readConfig({ [name]: given }).publicOrigin).toBe(expected);
  });

  it.each([
    ['TURING_TIMEOUT_MS', '1', 'timeoutMs', 1],
    ['TURING_TIMEOUT_MS', '2147483647', 'timeoutMs', 2_147_483_647],
    ['DATA_DIR', ' /var/lib/playground ', 'dataDir', '/var/lib/playground'],
    ['SPOOL_MAX_BYTES', '1', 'spoolMaxBytes', 1],
    ['SPOOL_MAX_BYTES', '5000000000000', 'spoolMaxBytes', 5e12],
    ['SPOOL_MAX_AGE_HOURS', '1', 'spoolMaxAgeMs', 3_600_000],
    ['SHUTDOWN_GRACE_SECONDS', '0', 'shutdownGraceMs', 0],
    ['METRICS_PORT', '9464', 'metricsPort', 9464],
    ['SHUTDOWN_GRACE_SECONDS', '86400', 'shutdownGraceMs', 86_400_000],
    ['SPOOL_MAX_AGE_HOURS', '87600', 'spoolMaxAgeMs', 87_600 * 3_600_000],
    ['PICTURE_HOSTS', 'Pictures.example.com', 'pictureHosts', ['pictures.example.com']],
    [
      'PICTURE_HOSTS',
      'a.test, b.test:8443 *.c.test',
      'pictureHosts',
      ['a.test', 'b.test:8443', '*.c.test'],
    ],
    ['PICTURE_HOSTS', 'a.test,,A.test', 'pictureHosts', ['a.test']],
    ['DEMO_LATENCY_MS', '0', 'gateway', { mode: 'demo', latencyMs: 0 }],
  ])('take %s=%s', (name, given, field, expected) => {
    expect(readConfig({ [name]: given })).toMatchObject({ [field]: expected });
  });
});

describe('a bad setting', () => {
  it.each([
    ['TURING_BASE_URL', 'gateway.example.com', /not an http or https URL/],
    ['TURING_BASE_URL', 'ftp://gateway.example.com', /not an http or https URL/],
    ['TURING_BASE_URL', 'https://ann:secret@gateway.example.com', /user name or password/],
    ['TURING_BASE_URL', 'https://gateway.example.com/?key=1', /query/],
    ['TURING_BASE_URL', 'https://gateway.example.com/#v1', /fragment/],
    ['TURING_BASE_URL', '', /is missing/],
    ['TURING_API_KEY', 'sk-shor', /too short/],
    ['TURING_API_KEY', 'sk-0123 456789', /spaces or characters/],
    ['TURING_API_KEY', 'sk-0123456789\nX-Evil: 1', /spaces or characters/],
    ['TURING_API_KEY', 'sk-密钥0123456789', /spaces or characters/],
    ['TURING_TIMEOUT_MS', '0', /whole number of milliseconds from 1/],
    ['TURING_TIMEOUT_MS', '10m', /whole number/],
    ['TURING_TIMEOUT_MS', '1.5', /whole number/],
    ['TURING_TIMEOUT_MS', '-1', /whole number/],
    ['TURING_TIMEOUT_MS', '2147483648', /whole number/],
    ['SPOOL_MAX_BYTES', '0', /whole number of bytes from 1/],
    ['SPOOL_MAX_BYTES', '10 GB', /whole number of bytes/],
    ['METRICS_PORT', '0', /a port: a whole number from 1 to 65535/],
    ['METRICS_PORT', '65536', /METRICS_PORT must be a port/],
    ['METRICS_PORT', '0.0.0.0:9464', /must be a port/],
    ['BUDGET_RUNS_AT_ONCE', '0', /whole number of runs from 1 to 1000000/],
    ['BUDGET_PICTURES_PER_DAY', 'many', /BUDGET_PICTURES_PER_DAY must be/],
    ['SHUTDOWN_GRACE_SECONDS', '5m', /whole number of seconds from 0 to 86400/],
    ['SPOOL_MAX_AGE_HOURS', '0', /whole number of hours from 1 to 87600/],
    ['SPOOL_MAX_AGE_HOURS', '87601', /whole number of hours/],
    ['PICTURE_HOSTS', 'https://pictures.example.com', /host names/],
    ['PICTURE_HOSTS', 'pictures.example.com/a', /host names/],
    ['PICTURE_HOSTS', "a.test; script-src 'unsafe-inline'", /host names/],
    ['PICTURE_HOSTS', '*', /host names/],
    ['PICTURE_HOSTS', 'a.test:99999', /host names/],
    ['APP_PASSWORD', 'seven-7', /too short/],
    ['APP_PASSWORD', 'four quiet words', /without spaces/],
    ['APP_PASSWORD', '密码密码密码密码密码', /ASCII/],
    ['APP_PASSWORD', 'x'.repeat(257), /too long/],
    ['ALLOW_OPEN', 'yes', /must be 1 or 0/],
    ['TRUSTED_PROXIES', 'proxy.example.com', /addresses or networks/],
    ['TRUSTED_PROXIES', '10.0.0.0/33', /addresses or networks/],
    ['TRUSTED_PROXIES', '10.0.0.0/', /addresses or networks/],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8', /addresses or networks/],
    ['TRUSTED_PROXIES', '::1/129', /addresses or networks/],
    ['TRUSTED_USER_HEADER', 'X_Forwarded_User', /letters, digits and hyphens/],
    ['TRUSTED_USER_HEADER', 'X-Forwarded-User:', /letters, digits and hyphens/],
    ['TRUSTED_USER_HEADER', 'Authorization', /nobody but the proxy/],
    ['TRUSTED_USER_HEADER', 'X-Forwarded-For', /nobody but the proxy/],
    ['TRUSTED_USER_HEADER', 'sec-fetch-site', /nobody but the proxy/],
    ['DATABASE_URL', 'db.example.com', /postgres:\/\//],
    ['DATABASE_URL', 'mysql://db.example.com/playground', /postgres:\/\//],
    ['DATABASE_URL', 'postgres://db.example.com', /name of a database/],
    ['PROXY_SECRET', 'seven-7', /too short/],
    ['PROXY_SECRET', 'four quiet words', /without spaces/],
    ['PUBLIC_ORIGIN', 'playground.example.com', /scheme and host/],
    ['PUBLIC_ORIGIN', 'https://playground.example.com/app', /without a path/],
    ['MODELS_FILE', '/nowhere/models.json', /cannot be read/],
  ])('%s=%j is named, with an example', (name, value, words) => {
    const env = { ...withKey, [name]: value };
    const sentence = sentenceOf(env);
    expect(sentence.startsWith(`${name} `)).toBe(true);
    expect(sentence).toMatch(words);
    expect(sentence).toContain(`Example: ${name}=`);
  });

  it('about a trusted header is refused where anybody could send it, or nobody', () => {
    const header = { TRUSTED_USER_HEADER: 'X-Forwarded-User' };
    expect(sentenceOf(header)).toMatch(/^TRUSTED_PROXIES is missing: TRUSTED_USER_HEADER is set/);
    expect(sentenceOf({ PROXY_SECRET: 'four-quiet-words' })).toMatch(
      /^TRUSTED_USER_HEADER is missing/,
    );
    for (const all of ['0.0.0.0/0', '127.0.0.1, ::/0', '::/0,127.0.0.1', '10.0.0.0/0']) {
      const env = { ...header, TRUSTED_PROXIES: all };
      expect(sentenceOf(env)).toMatch(/^TRUSTED_PROXIES has every address/);
      expect(() => readConfig({ ...env, PROXY_SECRET: 'four-quiet-words' })).not.toThrow();
    }
    expect(() => readConfig({ ...header, TRUSTED_PROXIES: '10.0.0.0/8' })).not.toThrow();
  });

  it.each([
    ['DATA_DIR', {}],
    ['DATA_DIR', { DATA_DIR: 'answers' }],
    ['MODELS_FILE', { DATA_DIR: '/data', MODELS_FILE: './models.json' }],
  ])('%s must be absolute in the standalone server: %j', (name, env) => {
    const standalone = { ...env, __NEXT_PRIVATE_STANDALONE_CONFIG: '{}' };
    expect(sentenceOf(standalone)).toMatch(
      new RegExp(`^${name} must be an absolute path.+ Example:`),
    );
  });

  it('DEMO_LATENCY_MS is one only where the demo gateway answers', () => {
    expect(sentenceOf({ DEMO_LATENCY_MS: 'soon' })).toMatch(/^DEMO_LATENCY_MS must be/);
    expect(() => readConfig({ ...withKey, DEMO_LATENCY_MS: 'soon' })).not.toThrow();
  });

  it.each([
    { TURING_API_KEY: 'hush-0123456789 x' },
    { TURING_API_KEY: 'hush-01' },
    { APP_PASSWORD: 'hush-01' },
    { APP_PASSWORD: 'hush 0123456789' },
    { PROXY_SECRET: 'hush 0123456789' },
    { DATABASE_URL: 'postgres://playground:hush@db.example.com' },
    { DATABASE_URL: 'http://playground:hush@db.example.com/playground' },
    { PROXY_SECRET: 'hush-0123456789' },
    { TURING_API_KEY: 'hush-0123456789' },
    { ...withKey, TURING_BASE_URL: 'https://hush:hush-0123456789@gateway.example.com' },
    { TURING_API_KEY: 'hush-0123456789', TURING_BASE_URL: baseUrl, TURING_TIMEOUT_MS: 'x' },
  ])('never shows a secret', (env) => {
    expect(sentenceOf(env)).not.toContain('hush');
  });
});
