import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as send } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run, RunList } from '../../lib/core/runs/run';
import { type AppServer, apiKey, startApp } from '../app-server';
import { type LoadUpstream, largeFaults, startLoadUpstream } from './load-upstream';

// Many runs at once, a fifth of them with an answer that fails, and readers that stop reading.

const cookie = `visitor=${randomUUID()}`;
// In npm run test:long it is fifty times 5 MB; fewer are as many in kind.
const [runs, answerMebibytes] = process.env.FULL_SIZE ? [50, 5] : [20, 3];
const mirrorMebibytes = process.env.FULL_SIZE ? 96 : 48;
const mebibyte = 1024 * 1024;

const jobs = Array.from({ length: runs }, (_, index) => {
  const fault = largeFaults[(index / 5) % largeFaults.length];
  return {
    name: `run-${index}`,
    kind: index % 5 === 0 && fault ? fault : 'whole',
    // Of every ten readers one stops in the middle for good, and one until all else is done.
    reader: (['leaves', 'waits'] as const)[(index % 10) - 1] ?? 'reads',
    id: randomUUID(),
  };
});

/** What the server holds after a collection, as it says itself. */
interface Held {
  memory: NodeJS.MemoryUsage;
  /** Sockets, timers, files and the like that are open, by kind. */
  resources: string[];
}

let app: AppServer;
let upstream: LoadUpstream;
const socket = join(tmpdir(), `held-${randomUUID()}.sock`);

beforeAll(async () => {
  upstream = await startLoadUpstream();
  const report = pathToFileURL(join(import.meta.dirname, '../../bench/held-report.mjs'));
  app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    TURING_TIMEOUT_MS: '4000',
    NODE_OPTIONS: `--import ${report}`,
    HELD_SOCKET: socket,
  });
});

afterAll(async () => {
  await app.stop();
  await upstream.close();
});

/** One request on a connection of its own. */
async function ask(
  path: string,
  { method = 'GET', headers = {}, body = '' } = {},
): Promise<IncomingMessage> {
  const request = send(app.url + path, { method, headers: { cookie, ...headers }, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

function post(prompt: string, headers = {}): Promise<IncomingMessage> {
  return ask('/api/v1/images/generations', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'turing/gpt-image-2', prompt }),
  });
}

async function readAll(response: IncomingMessage, hash = createHash('sha256')) {
  for await (const chunk of response) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Reads a megabyte and no more. */
async function readSome(response: IncomingMessage) {
  const hash = createHash('sha256');
  let bytes = 0;
  while (bytes < mebibyte) {
    const chunk: Buffer | null = response.read();
    if (!chunk) await once(response, 'readable');
    else hash.update(chunk);
    bytes += chunk?.length ?? 0;
  }
  return hash;
}

async function held(): Promise<Held> {
  return JSON.parse(await text(connect(socket)));
}

/** How many of each kind; without pipes, which the report itself is told through. */
function counts(resources: string[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const kind of resources) if (kind !== 'PipeWrap') kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

/** What is open now and was not before; of what was closing then there may be less. */
function opened(now: Record<string, number>, before: Record<string, number>) {
  return Object.entries(now).filter(([kind, count]) => count > (before[kind] ?? 0));
}

async function states(): Promise<Map<string, Run>> {
  const { runs } = JSON.parse(await text(await ask('/api/runs'))) as RunList;
  return new Map(runs.map((run) => [run.id, run]));
}

const startRun = ({ name, kind, id }: (typeof jobs)[number]) =>
  post(`load:${name} ${answerMebibytes} ${kind}`, {
    'idempotency-key': id,
    prefer: 'respond-async',
  });

test('many runs at once: every good one comes whole, and nothing stays behind', {
  timeout: 180_000,
}, async () => {
  const warmUp = {
    name: 'first',
    kind: 'whole' as const,
    reader: 'reads' as const,
    id: randomUUID(),
  };
  await text(await startRun(warmUp));
  await readAll(await ask(`/api/runs/${warmUp.id}/answer`));
  await expect.poll(upstream.connections).toBe(0);
  await expect.poll(async () => counts((await held()).resources).TCPSocketWrap ?? 0).toBe(0);
  const before = await held();

  // Clients of the mirror set the pace of the gateway; these stop.
  const stalled = await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      const response = await post(`load:mirror-${name} ${mirrorMebibytes} whole`);
      await readSome(response);
      return response;
    }),
  );

  const answers = await Promise.all(
    jobs.map(async (job) => {
      const accepted = await startRun(job);
      expect(accepted.statusCode).toBe(202);
      await text(accepted);
      const response = await ask(`/api/runs/${job.id}/answer`);
      if (job.reader === 'reads' || job.kind !== 'whole') {
        return { job, digest: await readAll(response) };
      }
      return { job, response, hash: await readSome(response) };
    }),
  );

  // Nobody has to read an answer for its run to end.
  await expect
    .poll(async () => [...(await states()).values()].filter(({ endedAt }) => !endedAt).length)
    .toBe(0);
  const ended = await states();
  for (const { name, kind, id } of jobs) {
    const { state, bytes } = ended.get(id) ?? {};
    const isWhole = kind === 'whole';
    expect({ name, state }).toEqual({ name, state: isWhole ? 'done' : 'failed' });
    if (isWhole) expect(bytes).toBe(upstream.sent.get(name)?.bytes);
  }
  // Two connections' buffers, and what is under way between them: not the answer.
  for (const name of ['a', 'b', 'c']) {
    const { bytes = 0 } = upstream.sent.get(`mirror-${name}`) ?? {};
    expect(bytes).toBeLessThan((mirrorMebibytes * mebibyte) / 2);
  }

  for (const { job, digest, response, hash } of answers) {
    if (job.kind !== 'whole') continue;
    if (job.reader === 'leaves') response?.destroy();
    const read = job.reader === 'waits' && response ? await readAll(response, hash) : digest;
    if (job.reader !== 'leaves') expect(read).toBe(upstream.sent.get(job.name)?.digest);
  }
  for (const response of stalled) response.destroy();
  for (const { id } of [...jobs, warmUp]) {
    expect((await ask(`/api/runs/${id}`, { method: 'DELETE' })).statusCode).toBe(204);
  }

  await expect.poll(upstream.connections).toBe(0);
  const known = counts(before.resources);
  await expect.poll(async () => opened(counts((await held()).resources), known)).toEqual([]);
  const used = ({ memory }: Held) => memory.heapUsed + memory.external;
  // Some buffers go only with a second collection.
  await expect.poll(async () => used(await held()) - used(before)).toBeLessThan(50 * mebibyte);
});

test('many clients wait for a change, hear of it at once, and leave nothing when they hang up', async () => {
  await expect.poll(async () => counts((await held()).resources).TCPSocketWrap ?? 0).toBe(0);
  const before = counts((await held()).resources);
  const list = await ask('/api/runs');
  await text(list);
  const wait = () => {
    const path = `/api/runs?since=${list.headers['runs-cursor']}`;
    const headers = { cookie, prefer: 'wait=25' };
    return send(app.url + path, { headers, agent: false }).end();
  };
  const leaving = Array.from({ length: 200 }, () => wait().on('error', () => {}));
  await expect
    .poll(async () => counts((await held()).resources).TCPSocketWrap ?? 0)
    .toBeGreaterThanOrEqual(200);
  for (const request of leaving) request.destroy();
  await expect.poll(async () => opened(counts((await held()).resources), before)).toEqual([]);

  const answered = once(wait(), 'response');
  const id = randomUUID();
  await text(await startRun({ name: 'waited-for', kind: 'whole', reader: 'reads', id }));
  const [response] = (await answered) as [IncomingMessage];
  expect(response.headers['preference-applied']).toBe('wait=25');
  expect(JSON.parse(await text(response)).runs).toMatchObject([{ id }]);
  await readAll(await ask(`/api/runs/${id}/answer`));
});
