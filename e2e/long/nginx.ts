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

export const readmeLines = linesOf('README.md', 'nginx.conf');

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
        // It may want a sign-in first.
        ({ status }) => status < 500,
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
