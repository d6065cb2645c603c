import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../app-server';

/** A PostgreSQL of the tests' own, in a folder that goes with it. */
export interface TestPostgres {
  /** Makes an empty database. @returns its URL */
  database(): Promise<string>;
  /** Kills all of it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Stops it in good order, if it runs. */
  stop(): Promise<void>;
  /** Starts it, or starts it again. */
  start(): Promise<void>;
  /** Ends it, and removes its data. */
  close(): Promise<void>;
}

const hasApt = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** The folder of its programs: POSTGRES_PATH, the system's, or Debian's package as root. @throws with the way to get it */
function findPrograms(): string {
  const find = () => {
    const debians = '/usr/lib/postgresql';
    const versions = existsSync(debians) ? readdirSync(debians) : [];
    const newest = versions
      .map(Number)
      .filter(Boolean)
      .sort((a, b) => b - a);
    return [
      process.env.POSTGRES_PATH ?? '',
      ...newest.map((version) => `${debians}/${version}/bin`),
      '/usr/bin',
      '/usr/local/bin',
      '/opt/homebrew/bin',
    ].find((folder) => folder !== '' && existsSync(`${folder}/initdb`));
  };
  const found = find();
  if (found) return found;
  if (hasApt) {
    console.log('Installing postgresql with apt-get…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
    const args = ['-o', 'DPkg::Lock::Timeout=400', '-qq', 'install', '-y', 'postgresql'];
    execFileSync('apt-get', args, { stdio: 'inherit', env });
    const installed = find();
    if (installed) return installed;
  }
  throw new Error(
    'These tests need PostgreSQL 15 or later: `apt-get install postgresql` on Debian and Ubuntu, ' +
      '`brew install postgresql@16` on macOS, or set POSTGRES_PATH to the folder of its programs.',
  );
}

/** @param options of `postgres`, such as `fsync=off` */
export async function startPostgres(options: string[] = []): Promise<TestPostgres> {
  const programs = findPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? ownerOf(programs) : {};
  if (isRoot) {
    chmodSync(folder, 0o777);
  }
  const initdb = ['-D', data, '-U', 'playground', '--auth=trust', '-E', 'UTF8', '--locale=C'];
  execFileSync(join(programs, 'initdb'), initdb, { stdio: 'ignore', cwd: folder, ...owner });
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'max_connections=200'];
  const admin = `postgres://playground@127.0.0.1:${port}/postgres`;
  let server: ReturnType<typeof spawn> | undefined;
  let count = 0;

  async function ask(text: string): Promise<void> {
    const client = new pg.Client({ connectionString: admin });
    client.on('error', () => {});
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  function run(): void {
    const args = ['-D', data, '-k', folder];
    for (const setting of [...settings, ...options]) args.push('-c', setting);
    server = spawn(join(programs, 'postgres'), args, { stdio: 'ignore', cwd: folder, ...owner });
  }

  async function start(): Promise<void> {
    run();
    for (let tries = 0; ; tries++) {
      const isThere = await ask('select 1').then(
        () => true,
        () => false,
      );
      if (isThere) return;
      if (tries > 600) throw new Error('PostgreSQL does not start.');
      await wait(50);
      // It refuses to as long as a process of the one that was killed is left.
      if (server && server.exitCode !== null) run();
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!server || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
    server = undefined;
  }

  await start();
  return {
    async database() {
      const name = `test_${++count}`;
      await ask(`create database ${name}`);
      return `postgres://playground@127.0.0.1:${port}/${name}`;
    },
    // Its other processes end when they see that it has gone; it recovers at its next start.
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    start,
    async close() {
      await end('SIGQUIT');
      await rm(folder, { recursive: true, force: true, maxRetries: 9, retryDelay: 50 });
    },
  };
}

/** The user that Debian's package has made for it; elsewhere whoever may not write to its programs. */
function ownerOf(programs: string): { uid: number; gid: number } {
  const of = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  try {
    return { uid: of('-u'), gid: of('-g') };
  } catch {
    throw new Error(
      `PostgreSQL (${dirname(programs)}) does not run as root, and there is no user postgres. ` +
        'Run the tests as another user.',
    );
  }
}
