import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppServer, apiKey, startApp, startInVain } from '../app-server';
import { open } from './servers';

// One build, whatever the settings.

// All others are settings of lib/server/config.test.ts; this is what becomes of one that is bad.
for (const [name, settings, words] of [
  [
    'TURING_API_KEY',
    { TURING_API_KEY: `${apiKey} x`, TURING_BASE_URL: open.url },
    'contains spaces',
  ],
  ['DATA_DIR', { DATA_DIR: '/proc/nowhere' }, 'must be a directory that the server can'],
] as const) {
  test(`a bad ${name} (${words}) stops the server with a sentence`, async () => {
    const { code, output } = await startInVain(settings);
    expect(code).toBe(1);
    const [sentence = ''] = output.match(/The server cannot start: .*/) ?? [];
    expect(sentence).toContain(`${name} ${words}`);
    expect(sentence).toContain(`Example: ${name}=`);
    expect(output).not.toContain(apiKey);
    // A sentence, not the trace of an exception.
    expect(output).not.toMatch(/^\s+at /m);
  });
}

describe('the same build', () => {
  let demo: AppServer;
  beforeAll(async () => {
    demo = await startApp({ PICTURE_HOSTS: 'pictures.test:8443' });
  });
  afterAll(() => demo.stop());

  test.each([
    ['demo', 'Demo gateway'],
    ['gateway', 'Gateway'],
  ])('serves the %s mode, and says so', async (mode, badge) => {
    const app = mode === 'demo' ? demo : open;
    const health = await fetch(`${app.url}/api/health`);
    expect(await health.json()).toEqual({
      status: 'ok',
      mode,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      uptimeSeconds: expect.any(Number),
    });
    for (const path of ['/', '/nowhere']) {
      const page = await (await fetch(app.url + path)).text();
      expect(page, path).toContain(`>${badge}`);
    }
    await expect.poll(() => app.output()).toContain(`"mode":"${mode}"`);
    expect(app.output()).not.toContain(apiKey);
  });

  test('lets a page show pictures of PICTURE_HOSTS, and of no others', async () => {
    const pictureRule = async (url: string) =>
      /img-src[^;]*/.exec((await fetch(url)).headers.get('content-security-policy') ?? '')?.[0];
    expect(await pictureRule(demo.url)).toMatch(
      /^img-src 'self' blob: data: .*pictures\.test:8443/,
    );
    expect(await pictureRule(open.url)).toBe("img-src 'self' blob: data:");
  });
});
