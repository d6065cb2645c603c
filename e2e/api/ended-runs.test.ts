import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, apiKey, startApp } from '../app-server';
import { goodImages } from '../fault-upstream';
import { upstream } from './servers';

// One network fills the room with small answers that nobody reads, by a new visitor for each.

const warmUp = 20;
const many = 100;
/** What a picture of a size that the model chooses may take, at 4 bytes a pixel. */
const onePicture = 1536 * 1024 * 4;
// The last start for which there is room is that of the greedy one's last run.
const roomBytes = onePicture + (warmUp + many + 0.5) * goodImages.length;
const socket = join(tmpdir(), `held-${randomUUID()}.sock`);
let app: AppServer;

beforeAll(async () => {
  const report = pathToFileURL(join(import.meta.dirname, '../../bench/held-report.mjs'));
  app = await startApp({
    TURING_BASE_URL: upstream.url,
    TURING_API_KEY: apiKey,
    TRUSTED_PROXIES: '127.0.0.1',
    SPOOL_MAX_BYTES: String(Math.ceil(roomBytes)),
    NODE_OPTIONS: `--import ${report}`,
    HELD_SOCKET: socket,
  });
});
afterAll(() => app.stop());

/** Starts a run from an address, and waits for its end. @returns asks for it; or why it was refused */
async function start(address: string) {
  const cookie = `visitor=${randomUUID()}`;
  const started = await fetch(`${app.url}/api/v1/images/generations`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      prefer: 'respond-async',
      'x-forwarded-for': address,
    },
    body: JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'fault:ok' }),
  });
  const body = await started.json();
  if (started.status !== 202) return { status: started.status, code: body.error.code };
  const show = () => fetch(app.url + started.headers.get('location'), { headers: { cookie } });
  await expect.poll(async () => (await (await show()).json()).state, { interval: 2 }).toBe('done');
  return { status: 202, show };
}

const greedy = () => start(`2001:db8::${Math.ceil(Math.random() * 65_000).toString(16)}`);
const quiet = () => start('192.0.2.7');
const full = { status: 503, code: 'spool_full' };

async function heldBytes(): Promise<number> {
  const { memory } = JSON.parse(await text(connect(socket)));
  return memory.heapUsed + memory.external;
}

test('ended runs keep little memory, and who fills the room with them loses first', async () => {
  const first = await quiet();
  const runs = [];
  for (let count = 0; count < warmUp; count++) runs.push(await greedy());
  const before = await heldBytes();
  for (let count = 0; count < many; count++) runs.push(await greedy());
  // A run that kept its request would hold some 70 KB; what else grows is code.
  expect((await heldBytes()) - before).toBeLessThan(many * 20_000);

  expect(await greedy()).toEqual(full);
  await app.killAndRestart();
  expect(await greedy()).toEqual(full);
  expect(await quiet()).toMatchObject({ status: 202 });
  expect((await first.show?.())?.status).toBe(200);
  expect((await runs[0]?.show?.())?.status).toBe(410);
  expect((await runs.at(-1)?.show?.())?.status).toBe(200);
});
