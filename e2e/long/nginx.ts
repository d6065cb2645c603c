import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { freePort, startApp } from '../app-server';

/** The name that browsers show: no secure context, so that they send no Sec-Fetch-Site. */
export const shownName = 'playground.example.com';

/** Where nginx is. @throws with the way to get it */
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

/** The `server` of a configuration, in front of an app. */
type ServerLines = (address: { port: number; appUrl: string }) => string;

/** nginx as it is when only what it must know is said. */
export const defaults: ServerLines = ({ port, appUrl }) => `server {
  listen 127.0.0.1:${port};
  location / { proxy_pass ${appUrl}; }
}`;

/** An example of a page for readers, by the comment above it. */
export function exampleOf(page: string, name: string): string {
  const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8');
  const [, example = ''] =
    new RegExp(`<!-- example: ${name} -->\n\`\`\`\\w+\n([^]*?)\`\`\``).exec(text) ?? [];
  expect(example).not.toBe('');
  return example;
}

/** The lines of a page, word for word but for the addresses. @param ssoUrl of what stands in for oauth2-proxy */
export function linesOf(page: string, name: string, ssoUrl = ''): ServerLines {
  return ({ port, appUrl }) => {
    const server = exampleOf(page, name);
    expect(server).toContain('listen 80;');
    expect(server).toContain('http://127.0.0.1:3000');
    return server
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replaceAll('http://127.0.0.1:3000', appUrl)
      .replaceAll('http://127.0.0.1:4180', ssoUrl);
  };
}

/** docs/nginx.conf, word for word but for the addresses. */
export const composeLines: ServerLines = ({ port, appUrl }) => {
  const server = readFileSync(join(import.meta.dirname, '../../docs/nginx.conf'), 'utf8');
  expect(server).toContain('listen 80;');
  expect(server).toContain('http://playground:3000');
  return server
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('http://playground:3000', appUrl);
};

/**
 * Runs a real nginx in front of an app, and ends both.
 * @param use gets the address that a browser shows, and the same with the number of this machine
 */
export async function throughNginx(
  { lines, settings }: { lines: ServerLines; settings: Record<string, string> },
  use: (address: { shown: string; direct: string }) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const shown = `http://${shownName}:${port}`;
  const app = await startApp({ ...settings, PUBLIC_ORIGIN: shown });
  try {
    await withNginx({ port, lines: lines({ port, appUrl: app.url }) }, (direct) =>
      use({ shown, direct }),
    );
  } finally {
    await app.stop();
  }
}

/**
 * Runs a real nginx with these lines in its `http`, and ends it.
 * @param use gets its address, once something there answers
 */
export async function withNginx(
  { port, lines }: { port: number; lines: string },
  use: (url: string) => Promise<void>,
): Promise<void> {
  const nginx = findNginx();
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
    pid ${folder}/nginx.pid;
    error_log stderr crit;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    events {}
    http {
      access_log off;
      ${temporary.map((path) => `${path}_temp_path ${folder}/${path};`).join('\n')}
      ${lines}
    }`,
  );
  const child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    const answers = () =>
      fetch(`${url}/api/health`).then(
        // It may want a sign-in first.
        ({ status }) => status < 500,
        () => false,
      );
    await expect.poll(answers).toBe(true);
    await use(url);
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    rmSync(folder, { recursive: true });
  }
}
