import { expect, test } from '@playwright/test';
import { startApp, startInVain } from './app-server';
import { apiKey, servers } from './servers';

// One build, whatever the settings.

const gateway = { TURING_BASE_URL: 'http://127.0.0.1:1/api/v1/', TURING_API_KEY: apiKey };

for (const [name, settings, words] of [
  ['TURING_BASE_URL', { ...gateway, TURING_BASE_URL: 'gateway' }, 'is not an http or https URL'],
  ['TURING_BASE_URL', { TURING_API_KEY: apiKey }, 'is missing'],
  ['TURING_API_KEY', { ...gateway, TURING_API_KEY: `${apiKey} x` }, 'contains spaces'],
  ['TURING_TIMEOUT_MS', { ...gateway, TURING_TIMEOUT_MS: 'long' }, 'must be a whole number'],
  ['MODELS_FILE', { MODELS_FILE: '/nowhere/models.json' }, 'cannot be read'],
  ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: 'playground' }, 'must be scheme and host'],
  ['SPOOL_MAX_BYTES', { SPOOL_MAX_BYTES: '10 GB' }, 'must be a whole number'],
  ['SHUTDOWN_GRACE_SECONDS', { SHUTDOWN_GRACE_SECONDS: '5 min' }, 'must be a whole number'],
  ['DATA_DIR', { DATA_DIR: '/proc/nowhere' }, 'must be a directory that the server can'],
  ['PICTURE_HOSTS', { PICTURE_HOSTS: 'https://a.test/' }, 'must be host names'],
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

for (const [mode, settings, badge] of [
  ['demo', {}, 'Demo gateway'],
  ['gateway', gateway, 'Gateway'],
] as const) {
  test(`the same build serves the ${mode} mode, and says so`, async ({ page, request }) => {
    const app = await startApp(settings);
    try {
      const health = await request.get(`${app.url}/api/health`);
      expect(await health.json()).toEqual({
        status: 'ok',
        mode,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        uptimeSeconds: expect.any(Number),
      });
      for (const path of ['/', '/nowhere']) {
        await page.goto(app.url + path);
        const words = page.getByText(new RegExp(`^${badge}`)).filter({ visible: true });
        await expect(words).toHaveCount(1);
      }
      expect(app.output()).toContain(`"mode":"${mode}"`);
      expect(app.output()).not.toContain(apiKey);
    } finally {
      await app.stop();
    }
  });
}

test('PICTURE_HOSTS are the only hosts whose pictures a page may show', async ({ request }) => {
  const app = await startApp({ PICTURE_HOSTS: 'pictures.test:8443' });
  try {
    const pictureRule = async (url: string) =>
      /img-src[^;]*/.exec((await request.get(url)).headers()['content-security-policy'] ?? '')?.[0];
    expect(await pictureRule(app.url)).toMatch(/^img-src 'self' blob: data: .*pictures\.test:8443/);
    expect(await pictureRule(servers.demo.url)).toBe("img-src 'self' blob: data:");
  } finally {
    await app.stop();
  }
});
