import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { codeSample, type SampleLanguage } from '@/lib/core/code-samples/code-sample';
import { partsOf } from '../multipart-parts';
import { files, sampleRuns } from './sample-runs';
import { forgetRequests, open, upstream } from './servers';
import { paths } from './wire-kit';

// Each sample, run as a user would, arrives at the gateway as the app's own request did.

forgetRequests();
const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'samples-'));
afterAll(() => rmSync(folder, { recursive: true }));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
const env = {
  ...process.env,
  PLAYGROUND_BASE_URL: `${open.url}/api/v1`,
  PLAYGROUND_API_KEY: 'any',
  TURING_BASE_URL: upstream.url,
  TURING_API_KEY: 'sk-of-the-script',
};
const names = Object.keys(sampleRuns);
const targets = ['app', 'gateway'] as const;

/** Everything of a request that a model could notice; files by their hashes. */
function noticed({ path, body, headers }: (typeof upstream.requests)[number]) {
  const type = String(headers['content-type']).split(';')[0];
  if (type === 'application/json') {
    const { user: _user, ...fields } = JSON.parse(body.toString());
    return { path, type, fields };
  }
  const parts = partsOf({ body, headers })
    .filter(({ name }) => name !== 'user')
    .map(({ name, fileName, type: partType, bytes }) =>
      fileName === undefined
        ? { name, text: bytes.toString() }
        : { name, type: partType, hash: createHash('sha256').update(bytes).digest('hex') },
    );
  return { path, type, parts };
}

/** What arrives where the app itself sends each run. */
async function sentByApp() {
  const seen = [];
  for (const { endpoint, body } of Object.values(sampleRuns)) {
    upstream.requests.length = 0;
    const response = await fetch(open.url + paths[endpoint], {
      method: 'POST',
      headers: {
        'content-type': (body instanceof Blob && body.type) || 'application/json',
        'idempotency-key': randomUUID(),
        prefer: 'respond-async',
      },
      body,
    });
    expect(response.status, await response.text()).toBe(202);
    await expect.poll(() => upstream.requests.filter(({ complete }) => complete).length).toBe(1);
    seen.push(...upstream.requests.map(noticed));
  }
  upstream.requests.length = 0;
  return seen;
}

/** Writes the samples of a language, each in a folder of its own. @returns the paths of the code */
function writeSamples(language: SampleLanguage): string[] {
  return names.flatMap((name, index) =>
    targets.map((target) => {
      const place = join(folder, `${language}-${index}-${target}`);
      mkdirSync(place);
      const { request } = sampleRuns[name] as (typeof sampleRuns)[string];
      const sample = codeSample(request, { language, target });
      expect(sample.code).not.toMatch(/"?user"?[:=]|somebody/);
      writeFileSync(join(place, sample.fileName), sample.code);
      for (const file of sample.files) {
        writeFileSync(join(place, file.name), 'text' in file ? file.text : bytesOf(file.hash));
      }
      return join(place, sample.fileName);
    }),
  );
}

function bytesOf(hash: string): Buffer {
  const bytes = files.get(hash);
  if (!bytes) throw new Error(`No file has the hash ${hash}.`);
  return bytes;
}

/** Runs programs one after the other by one process of a shell; each in its own folder. */
async function runAll(code: string[], command: (path: string) => string, more = {}) {
  const steps = code.map((path) => `cd ${join(path, '..')} && ${command(path)}`);
  await run('bash', ['-ec', steps.join('\n')], { env: { ...env, ...more }, maxBuffer: 1e8 });
}

async function expectSameAsApp(send: () => Promise<void>) {
  const expected = await sentByApp();
  await send();
  const seen = upstream.requests.map(noticed);
  expect(seen).toHaveLength(expected.length * targets.length);
  for (const [index, request] of seen.entries()) {
    expect(request, `request ${index} (${names[index >> 1]})`).toEqual(expected[index >> 1]);
  }
}

describe('samples arrive as the app’s own requests do', () => {
  test('of curl, by bash', async () => {
    const code = writeSamples('curl');
    await expectSameAsApp(() => runAll(code, (path) => `bash ${path}`));
  });

  test('of TypeScript, compiled strictly, by Node', async () => {
    const code = writeSamples('typescript');
    const compiler = join(root, 'node_modules/.bin/tsc');
    const options = '--strict --module nodenext --target es2023 --skipLibCheck --types node';
    const compiled = await run(compiler, [...options.split(' '), ...code], { cwd: folder }).catch(
      ({ stdout }) => ({ stdout }),
    );
    expect(compiled.stdout).toBe('');
    // One process: what takes long is to load the package.
    const steps = code.map((path) => {
      const module = JSON.stringify(path.replace('.mts', '.mjs'));
      return `process.chdir(${JSON.stringify(join(path, '..'))}); await import(${module});`;
    });
    const all = join(folder, 'all.mjs');
    writeFileSync(all, steps.join('\n'));
    await expectSameAsApp(async () => {
      await run(process.execPath, [all], { env, maxBuffer: 1e8 });
    });
    expect(readdirSync(join(folder, 'typescript-6-app'))).toContain('picture-1.png');
  });

  test('of Python, by a stand-in of its package', async () => {
    const hasPython = await run('python3', ['--version']).then(
      () => true,
      () => false,
    );
    // Without Python there is nothing to run it with.
    if (!hasPython) return console.log('No python3 here: the samples of Python were not run.');
    const code = writeSamples('python');
    const standIn = { PYTHONPATH: join(import.meta.dirname, 'stand-in') };
    await expectSameAsApp(() => runAll(code, (path) => `python3 -B ${path}`, standIn));
  });
});
