import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** A server of the built app that a test starts for itself. */
export interface AppServer {
  url: string;
  /** Its DATA_DIR. */
  data: string;
  /** Everything that it has written so far, to both outputs. */
  output(): string;
  /** Ends it at once, as a power cut does, and starts it again on the same port and data. */
  killAndRestart(): Promise<void>;
  /** Sends it a signal, and does not wait. */
  signal(signal: NodeJS.Signals): void;
  /** Waits until it has ended. @returns its exit code; null: a signal ended it */
  ended(): Promise<number | null>;
  /** Starts it again after it has ended, on the same port and data. */
  startAgain(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');

/**
 * Starts the built app with these settings and data of its own, and waits until it answers.
 * @param host where it listens; usually on this machine only
 */
export async function startApp(
  settings: Record<string, string> = {},
  host?: string,
): Promise<AppServer> {
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), 'playground-data-'));
  const url = `http://127.0.0.1:${port}`;
  let before = '';
  let process = await start();

  async function start() {
    const started = run(port, { DATA_DIR: data, ...settings }, host);
    const { child, output } = started;
    await expect
      .poll(async () => child.exitCode !== null || (await answers(url)), { timeout: 60_000 })
      .toBe(true);
    if (child.exitCode !== null) throw new Error(`The app did not start:\n${output()}`);
    return started;
  }

  async function end(signal: NodeJS.Signals) {
    process.child.kill(signal);
    await process.ended;
  }

  async function startAgain() {
    before += process.output();
    process = await start();
  }

  return {
    url,
    data,
    output: () => before + process.output(),
    async killAndRestart() {
      await end('SIGKILL');
      await startAgain();
    },
    signal: (signal) => void process.child.kill(signal),
    async ended() {
      await process.ended;
      return process.child.exitCode;
    },
    startAgain,
    async stop() {
      await end('SIGTERM');
      await rm(data, { recursive: true, force: true });
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/health`).then(
    (response) => response.ok,
    () => false,
  );
}

/**
 * Starts the built app with settings that it cannot start with, and waits for its end.
 * @param host where it listens; usually on this machine only
 */
export async function startInVain(
  settings: Record<string, string>,
  host?: string,
): Promise<{ code: number | null; output: string }> {
  const { child, output, ended } = run(await freePort(), settings, host);
  await ended;
  return { code: child.exitCode, output: output() };
}

/** Starts the built app, sends it a signal when it has written some words, and waits for its end. */
export async function startAndSignal(
  settings: Record<string, string>,
  { words, signal }: { words: string; signal: NodeJS.Signals },
): Promise<{ code: number | null; output: string }> {
  const { child, output, ended } = run(await freePort(), settings);
  await expect
    .poll(() => child.exitCode !== null || output().includes(words), { timeout: 60_000 })
    .toBe(true);
  child.kill(signal);
  await ended;
  return { code: child.exitCode, output: output() };
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function run(port: number, settings: Record<string, string>, host = '127.0.0.1') {
  const { PATH = '', HOME = '', SystemRoot = '' } = process.env;
  const next = join(root, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'start', '-H', host, '-p', String(port)], {
    cwd: root,
    env: {
      PATH,
      HOME,
      SystemRoot,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // Tests end while something is under way, and do not wait for it.
      SHUTDOWN_GRACE_SECONDS: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return { child, output: () => text, ended: once(child, 'close') };
}
