import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildImage } from '../image';
import { password } from '../lock-server';

declare module 'vitest' {
  interface ProvidedContext {
    upstreamPort: number;
    open: SharedApp;
    locked: SharedApp;
  }
}

/** What a test knows of a server that it shares with others. */
export interface SharedApp {
  url: string;
  /** Its DATA_DIR. */
  data: string;
  /** The file that it writes both of its outputs to. */
  log: string;
}

/**
 * Starts the two apps that all tests share: `open` without a password, for this machine only, and
 * `locked` with one, on the network. Both ask the upstream that the process of the tests starts.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const image = process.env.IMAGE === '1' ? buildImage() : undefined;
  if (image) process.env.BUILT_IMAGE = JSON.stringify(image);
  const { apiKey, freePort, startApp } = await import('../app-server');
  const upstreamPort = await freePort();
  const settings = {
    TURING_BASE_URL: `http://127.0.0.1:${upstreamPort}/api/v1`,
    TURING_API_KEY: apiKey,
    TURING_TIMEOUT_MS: '4000',
  };
  const apps = {
    open: await startApp(settings),
    locked: await startApp({ ...settings, APP_PASSWORD: password }, '0.0.0.0'),
  };
  provide('upstreamPort', upstreamPort);
  for (const name of ['open', 'locked'] as const) {
    const { url, data, log } = apps[name];
    provide(name, { url, data, log });
  }
  return async () => {
    await apps.open.stop();
    await apps.locked.stop();
    if (image) rmSync(dirname(image.root), { recursive: true });
  };
}
