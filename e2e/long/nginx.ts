import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { type AppServer, freePort, startApp } from '../app-server';

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

/** The lines of the README, word for word but for the addresses. */
export const readmeLines: ServerLines = ({ port, appUrl }) => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const server = /```nginx\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(server).toContain('listen 80;');
  expect(server).toContain('http://127.0.0.1:3000');
  return server
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('http://127.0.0.1:3000', appUrl);
};

/**
 * Runs a real nginx in front of an app, and ends both.
 * @param use gets the address that a browser shows, and the same with the number of this machine
 */
export async function throughNginx(
  { lines, settings }: { lines: ServerLines; settings: Record<string, string> },
  use: (address: { shown: string; direct: string }) => Promise<void>,
): Promise<void> {
  const nginx = findNginx();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const shown = `http://${shownName}:${port}`;
  let app: AppServer | undefined;
  let child: ChildProcess | undefined;
  try {
    app = await startApp({ ...settings, PUBLIC_ORIGIN: shown });
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
        ${lines({ port, appUrl: app.url })}
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
    await use({ shown, direct });
  } finally {
    if (child && child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    await app?.stop();
    rmSync(folder, { recursive: true });
  }
}
