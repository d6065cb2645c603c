import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built app as a process of its own, with its own data, for tests that count or kill. */
export interface App {
  url: string;
  /** What it has logged so far. */
  log(): string;
  /** Ends it at once, as a power cut does, and starts it again on the same data and port. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the built app with these settings on a free port, and waits until it answers. */
export async function startApp(env: Record<string, string>): Promise<App> {
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), 'playground-data-'));
  const url = `http://localhost:${port}`;
  let output = '';
  let process = await start();

  async function start(): Promise<ChildProcess> {
    const child = spawn(
      globalThis.process.execPath,
      ['node_modules/next/dist/bin/next', 'start', '-p', String(port)],
      {
        env: { ...globalThis.process.env, NEXT_TELEMETRY_DISABLED: '1', DATA_DIR: data, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    while (!(await answers(`${url}/api/health`))) {
      if (child.exitCode !== null) throw new Error(`The app did not start:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return child;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill(signal);
    await ended;
  }

  return {
    url,
    log: () => output,
    async killAndRestart() {
      await end('SIGKILL');
      process = await start();
    },
    async stop() {
      if (process.exitCode === null && process.signalCode === null) await end('SIGKILL');
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
