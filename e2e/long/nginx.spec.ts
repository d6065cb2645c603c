import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import OpenAI, { toFile } from 'openai';
import { type AppServer, freePort, startApp } from '../app-server';
import { type FaultUpstream, onePixel, startFaultUpstream } from '../fault-upstream';
import { apiKey } from '../servers';

// Behind a real nginx with the README's own lines and its defaults for the rest, on a name that is
// no secure context: there a browser sends no Sec-Fetch-Site, and nginx hides the host.
const name = 'playground.example.com';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [`--host-resolver-rules=MAP ${name} 127.0.0.1`] });
  },
});

function findNginx(): string {
  const places = [
    '/usr/sbin',
    '/usr/bin',
    '/usr/local/sbin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  const found = [process.env.NGINX_PATH ?? '', ...places.map((place) => `${place}/nginx`)].find(
    (path) => path !== '' && existsSync(path),
  );
  if (found) return found;
  throw new Error(
    'This test needs nginx: `apt-get install nginx-light` on Debian and Ubuntu, `brew install ' +
      'nginx` on macOS, or set NGINX_PATH to one.',
  );
}

function readmeServer({ port, appUrl }: { port: number; appUrl: string }): string {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const server = /```nginx\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(server).toContain('listen 80;');
  expect(server).toContain('http://127.0.0.1:3000');
  return server
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('http://127.0.0.1:3000', appUrl);
}

/** Runs nginx in front of an app; `use` gets the address that a browser would show. */
async function throughNginx(
  settings: Record<string, string>,
  use: (address: { shown: string; direct: string }) => Promise<void>,
) {
  const nginx = findNginx();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  let app: AppServer | undefined;
  let child: ReturnType<typeof spawn> | undefined;
  try {
    app = await startApp({ ...settings, PUBLIC_ORIGIN: `http://${name}:${port}` });
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off;
      pid ${folder}/nginx.pid;
      error_log stderr;
      ${process.getuid?.() === 0 ? 'user root;' : ''}
      events {}
      http {
        access_log off;
        ${temporary.map((path) => `${path}_temp_path ${folder}/${path};`).join('\n')}
        ${readmeServer({ port, appUrl: app.url })}
      }`,
    );
    child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const direct = `http://127.0.0.1:${port}`;
    const answers = () =>
      fetch(`${direct}/api/health`).then(
        (response) => response.ok,
        () => false,
      );
    await expect.poll(answers).toBe(true);
    await use({ shown: `http://${name}:${port}`, direct });
  } finally {
    if (child && child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    await app?.stop();
    rmSync(folder, { recursive: true });
  }
}

test('a page makes a picture through nginx', async ({ page }) => {
  await throughNginx({ DEMO_LATENCY_MS: '100' }, async ({ shown }) => {
    await page.goto(shown);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    await page.getByTestId('prompt').fill('a blue boat');
    await page.getByTestId('submit').click();
    const picture = page.getByTestId('result-image');
    await expect(picture).toHaveCount(1);
    await expect(picture).toHaveJSProperty('naturalWidth', 1024);
  });
});

test('an SDK sends a large file through nginx', async () => {
  const upstream: FaultUpstream = await startFaultUpstream();
  const settings = { TURING_BASE_URL: upstream.url, TURING_API_KEY: apiKey };
  try {
    await throughNginx(settings, async ({ direct }) => {
      const client = new OpenAI({ apiKey: 'any', baseURL: `${direct}/api/v1`, maxRetries: 0 });
      const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(49_500_000)]);
      const answer = await client.images.edit({
        model: 'turing/gpt-image-2',
        prompt: 'p',
        image: await toFile(file, 'large.png', { type: 'image/png' }),
      });
      expect(answer.data?.[0]?.b64_json).toBe(onePixel);
      expect(upstream.requests).toHaveLength(1);
      expect(upstream.requests[0]?.complete).toBe(true);
    });
  } finally {
    await upstream.close();
  }
});
