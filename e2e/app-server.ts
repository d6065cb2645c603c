import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, closeSync, copyFileSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Image } from './image';

/** A server of the built app that a test starts for itself. */
export interface AppServer {
  url: string;
  /** Its DATA_DIR. */
  data: string;
  /** The file that it writes both of its outputs to, until it is stopped. */
  log: string;
  /** Everything that it has written so far; a line of its log may come after the answer it is about. */
  output(): string;
  /** Ends it at once, as a power cut does, and starts it again on the same port and data. */
  killAndRestart(): Promise<void>;
  /** Sends it a signal, and does not wait. */
  signal(signal: NodeJS.Signals): void;
  /** Waits until it has ended. @returns its exit code; null: a signal ended it */
  ended(): Promise<number | null>;
  /** Starts it again after it has ended, on the same port and data. @param more settings of this start */
  startAgain(more?: Record<string, string>): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

/** What must never be seen outside the server. */
export const apiKey = 'sk-end-to-end-0123456789abcdef';

const root = join(import.meta.dirname, '..');
/** Where the tests run on the image of the Dockerfile: that. It is built before their process starts. */
const image: Image | undefined = JSON.parse(process.env.BUILT_IMAGE ?? 'null') ?? undefined;

/**
 * Starts the built app with these settings and data of its own, and waits until it answers.
 * @param host where it listens; usually on this machine only
 * @param build the folder of another build
 */
export async function startApp(
  settings: Record<string, string> = {},
  host?: string,
  build?: string,
): Promise<AppServer> {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let lastOutput: string | undefined;
  const output = () => lastOutput ?? readFileSync(log, 'utf8');
  let server = await start();

  async function start(more: Record<string, string> = {}) {
    const started = run({
      port,
      host,
      log,
      build,
      settings: { DATA_DIR: data, ...settings, ...more },
    });
    await until(async () => started.child.exitCode !== null || (await answers(url)));
    if (started.child.exitCode !== null) throw new Error(`The app did not start:\n${output()}`);
    return started;
  }

  async function end(signal: NodeJS.Signals) {
    server.child.kill(signal);
    await server.ended;
  }

  async function startAgain(more?: Record<string, string>) {
    server = await start(more);
  }

  return {
    url,
    data,
    log,
    output,
    async killAndRestart() {
      await end('SIGKILL');
      await startAgain();
    },
    signal: (signal) => void server.child.kill(signal),
    async ended() {
      await server.ended;
      return server.child.exitCode;
    },
    startAgain,
    async stop() {
      await end('SIGTERM');
      lastOutput = output();
      await rm(folder, { recursive: true, force: true });
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
export function startInVain(
  settings: Record<string, string>,
  host?: string,
): Promise<{ code: number | null; output: string }> {
  return runToItsEnd(settings, { host });
}

/** Starts the built app, sends it a signal when it has written some words, and waits for its end. */
export function startAndSignal(
  settings: Record<string, string>,
  signalled: { words: string; signal: NodeJS.Signals },
): Promise<{ code: number | null; output: string }> {
  return runToItsEnd(settings, { signalled });
}

async function runToItsEnd(
  settings: Record<string, string>,
  { host, signalled }: { host?: string; signalled?: { words: string; signal: NodeJS.Signals } },
) {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const output = () => readFileSync(log, 'utf8');
  const { child, ended } = run({
    port: await freePort(),
    host,
    log,
    settings: { DATA_DIR: join(folder, 'data'), ...settings },
  });
  if (signalled) {
    await until(() => child.exitCode !== null || output().includes(signalled.words));
    child.kill(signalled.signal);
  }
  await ended;
  const result = { code: child.exitCode, output: output() };
  await rm(folder, { recursive: true });
  return result;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'playground-tests-'));
  if (image?.uid !== undefined) chownSync(folder, image.uid, image.gid ?? image.uid);
  return folder;
}

/** Waits for a condition of a server that starts; two cores may take long over it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The server neither answers nor ends.');
    await wait(50);
  }
}

/**
 * A port of this machine that nobody listens on. It lies below those that the system gives to outgoing
 * connections, so that none of these takes it while a server is between two starts.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

function run({
  port,
  host = '127.0.0.1',
  log,
  build = root,
  settings,
}: {
  port: number;
  host?: string;
  log: string;
  build?: string;
  settings: Record<string, string>;
}) {
  const { PATH = '', HOME = '', SystemRoot = '' } = process.env;
  const file = openSync(log, 'a');
  // A copy, for the user of an image may not read the tests.
  const models = join(dirname(log), 'models.json');
  copyFileSync(join(root, 'e2e/models-without-rates.json'), models);
  const { args, ...how } = image ? inImage(image, host, port) : built(build, host, port);
  const child = spawn(process.execPath, args, {
    ...how,
    env: {
      PATH,
      HOME,
      SystemRoot,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...how.env,
      // Tests end while something is under way, and do not wait for it.
      SHUTDOWN_GRACE_SECONDS: '0',
      // The tests of a server send more than the 60 requests an hour of some models, and have it answer 429.
      ...('TURING_BASE_URL' in settings && { MODELS_FILE: models }),
      ...settings,
    },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  return { child, ended: once(child, 'close') };
}

function built(folder: string, host: string, port: number) {
  const next = join(folder, 'node_modules/next/dist/bin/next');
  return { args: [next, 'start', '-H', host, '-p', String(port)], cwd: folder, env: {} };
}

function inImage({ command, workdir, ...image }: Image, host: string, port: number) {
  return {
    // Without the name of the container that the command sets: tests listen where they say.
    args: command.slice(command.indexOf('node') + 1),
    cwd: workdir,
    uid: image.uid,
    gid: image.gid,
    env: {
      ...image.env,
      HOSTNAME: host,
      PORT: String(port),
      HOME: '/nonexistent',
      TMPDIR: join(image.root, 'tmp'),
    },
  };
}
