import { readdirSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { type AppServer, apiKey, startApp } from './app-server';
import { type FaultUpstream, startFaultUpstream } from './fault-upstream';

export const password = 'four-quiet-words';

/** A server with a password, before an upstream that notes what it is sent. */
export async function startLocked(
  settings: Record<string, string> = {},
): Promise<{ app: AppServer; upstream: FaultUpstream; stop: () => Promise<void> }> {
  const upstream = await startFaultUpstream();
  const app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    APP_PASSWORD: password,
    ...settings,
  });
  const stop = async () => {
    await app.stop();
    await upstream.close();
  };
  return { app, upstream, stop };
}

/** Signs in. @returns the cookies */
export async function signIn(url: string, name?: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password, name }),
  });
  if (!response.ok) throw new Error(`The sign-in was answered with ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

const appFolder = join(import.meta.dirname, '../app');

/** The addresses of all files of this name in `app`, with something in each variable place. */
export function addresses(file: 'route.ts' | 'page.tsx'): string[] {
  return readdirSync(appFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => `/${path.slice(0, -file.length - 1)}`)
    .map((path) => path.replace('[[...path]]', 'nowhere'))
    .map((path) => path.replace('[id]', '123e4567-e89b-42d3-a456-426614174000'))
    .sort();
}

/** A request on a connection of its own, whose path and headers go out as they are. */
export function rawRequest(
  url: string,
  {
    path,
    method = 'GET',
    headers = {},
    body,
  }: { path: string; method?: string; headers?: Record<string, string>; body?: Buffer | string },
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { hostname, port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
