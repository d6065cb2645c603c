import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchange } from './exchange.mjs';
import { startWithUpstream } from './servers.mjs';

const ports = { app: 3222, upstream: 4222 };
const path = '/api/v1/images/generations';
const json = { 'content-type': 'application/json' };
const cookie = `visitor=${randomUUID()}`;

const runs = 50;
// Every fifth run has one of these; e2e/faults.ts says what they are.
const faults = ['reset-before', 'five-megabytes-cut', 'html', 'truncated-early', 'server-error'];
const good = 'five-megabytes';

/** Fifty runs at once of which a fifth fail: whether the others come whole, and all are sent once. */
export async function benchFaults() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-faults-'));
  try {
    await startWithUpstream('e2e/serve-fault-upstream.mjs', { ports, dataDir });
    const expected = await hashOf({ port: ports.upstream, path, headers: json }, bodyOf(good));
    const before = await posts();
    const started = performance.now();
    const hashes = await Promise.all(
      Array.from({ length: runs }, (_, index) =>
        index % 5 === 0 ? startRun(faults[(index / 5) % faults.length]) : throughRun(),
      ),
    );
    const ms = performance.now() - started;
    const whole = hashes.filter((hash) => hash === expected).length;
    return [
      {
        figure: '50 runs at once, 10 of them faulty: good answers byte for byte',
        value: `${whole} of 40`,
        aim: '40 of 40',
        detail: `5 MB each, in ${(ms / 1000).toFixed(1)} s`,
      },
      {
        figure: '50 runs at once, 10 of them faulty: requests upstream',
        value: String((await posts()) - before),
        aim: String(runs),
        detail: 'each sent once',
      },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const bodyOf = (fault) =>
  JSON.stringify({ model: 'turing/gpt-image-2', prompt: `fault:${fault}`, user: randomUUID() });

async function startRun(fault) {
  const headers = { ...json, cookie, 'idempotency-key': randomUUID(), prefer: 'respond-async' };
  const { location } = await exchange({ port: ports.app, path, headers, status: 202 }, [
    bodyOf(fault),
  ]);
  return location;
}

/** Has a good run carried out. @returns the hash of its answer */
async function throughRun() {
  const location = await startRun(good);
  const answer = {
    port: ports.app,
    path: `${location}/answer`,
    method: 'GET',
    headers: { cookie },
  };
  return hashOf(answer);
}

async function hashOf(asked, ...pieces) {
  const hash = createHash('sha256');
  await exchange({ ...asked, onData: (chunk) => hash.update(chunk) }, pieces);
  return hash.digest('hex');
}

async function posts() {
  const counts = await fetch(`http://127.0.0.1:${ports.upstream}/counts`);
  return (await counts.json()).posts;
}
