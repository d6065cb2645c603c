import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodImages } from '../../../e2e/fault-upstream';
import { failureOfRun, readRunFailure } from '../../core/runs/run-failure';
import { hashVisitor } from '../visitor';
import { errorIn, Playground } from './playground.setup';

const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const week = 7 * 24 * 60 * 60 * 1000;
let playground: Playground;
let sound: string;

beforeEach(async () => {
  playground = await Playground.open();
  sound = randomUUID();
  for (const run of [id, sound]) {
    await playground.picture('fault:ok', run);
    await playground.reach(run, 'done');
  }
});
afterEach(() => playground.close());

const home = () => join(playground.dataDir, 'runs', hashVisitor(playground.visitor));
const fileOf = (name: 'answer' | 'run.json' | 'run.jsonl') => join(home(), id, name);

async function flipByte(file: string, position: number): Promise<void> {
  const handle = await open(file, 'r+');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position);
  await handle.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, position);
  await handle.close();
}

/** Whatever is wrong with the one run, the other is as it was, and a new one can be started. */
async function nothingElseHarmed(): Promise<void> {
  expect(await (await playground.answer(sound)).text()).toBe(goodImages);
  const next = randomUUID();
  expect((await playground.picture('fault:ok', next)).status).toBe(202);
  await playground.reach(next, 'done');
}

/** The page is told, before it has a byte, that the answer is lost and may have been charged. */
async function isLost(): Promise<void> {
  for (const offset of ['0', '7']) {
    const answer = await playground.answer(id, { offset });
    const { status, headers } = answer;
    const text = await answer.text();
    expect(status).toBe(410);
    expect(text).toContain('missing or damaged');
    const trouble = readRunFailure({ status, headers, text, now: 0 });
    expect(trouble).toMatchObject({ kind: 'lost', code: 'run_gone', mayBeCharged: true });
  }
}

describe.each(['at once', 'after a restart'])('an answer whose file is damaged: %s', (when) => {
  const seen = async () => {
    if (when === 'after a restart') await playground.restart();
    await isLost();
    await nothingElseHarmed();
  };

  it.each([
    ['missing', () => rm(fileOf('answer'))],
    ['empty', () => truncate(fileOf('answer'), 0)],
    ['cut', () => truncate(fileOf('answer'), goodImages.length - 1)],
    ['changed in one bit', () => flipByte(fileOf('answer'), 60)],
    ['changed in its last byte', () => flipByte(fileOf('answer'), goodImages.length - 1)],
    ['another as long', () => writeFile(fileOf('answer'), 'x'.repeat(goodImages.length))],
    ['a folder', () => rm(fileOf('answer')).then(() => mkdir(fileOf('answer')))],
  ])('%s', async (_, damage) => {
    await damage();
    // However coarse its times are, a file system shows that somebody wrote.
    await utimes(fileOf('answer'), 1, 1).catch(() => {});
    await seen();
  });
});

it('an answer that is shorter than its record is failed after a restart, and charged', async () => {
  await truncate(fileOf('answer'), 3);
  await playground.restart();
  const run = await playground.run(id);
  expect(run).toMatchObject({ state: 'failed', error: { code: 'run_gone' } });
  expect(failureOfRun(run)).toMatchObject({ kind: 'lost', mayBeCharged: true });
});

const lines = async () => (await readFile(fileOf('run.jsonl'), 'utf8')).split('\n').slice(1);

describe('a record that', () => {
  const changed = async (change: (record: { run: object; headers: object }) => void) => {
    const record = JSON.parse((await lines()).at(-1) ?? '');
    change(record);
    return JSON.stringify(record);
  };

  it.each([
    ['is empty', async () => ''],
    ['is half written', async () => (await lines())[0]?.slice(0, 200) ?? ''],
    ['is no JSON', async () => '\u0000\u0001'],
    ['is of another version', async () => '{"version":2}'],
    ['is of another run', () => changed((record) => Object.assign(record.run, { id: sound }))],
    ['has no possible status', () => changed((record) => Object.assign(record.run, { status: 7 }))],
    [
      'has impossible headers',
      () => changed((record) => Object.assign(record.headers, { 'x-request-id': 'a\nb' })),
    ],
  ])('%s is forgotten; its key is never sent again', async (_, write) => {
    await writeFile(fileOf('run.jsonl'), await write());
    for (let start = 0; start < 2; start++) {
      await playground.restart();
      const error = await errorIn(await playground.show(id));
      expect(error).toMatchObject({ status: 410, code: 'run_gone' });
      expect(error.message).toContain('damaged');
      expect((await playground.picture('fault:ok', id)).status).toBe(410);
    }
    await nothingElseHarmed();
  });

  it('claims far more bytes than there are takes no room from others', async () => {
    const bytes = 2 ** 50;
    await writeFile(
      fileOf('run.jsonl'),
      await changed((record) => Object.assign(record.run, { bytes })),
    );
    await playground.restart();
    await isLost();
    await nothingElseHarmed();
  });

  it('breaks off counts as it was before, and what is added to it counts again', async () => {
    const whole = await lines();
    await writeFile(
      fileOf('run.jsonl'),
      `${whole.slice(0, -1).join('\n')}\n${'{"version":1,"run":{'}`,
    );
    await playground.restart();
    const seen = await playground.run(id);
    expect(seen).toMatchObject({ state: 'interrupted', bytes: goodImages.length });
    expect(await (await playground.answer(id)).text()).toBe(goodImages);
    await expect.poll(async () => (await lines()).at(-1)).toContain('"isRead":true');
    await playground.restart();
    expect(await playground.run(id)).toEqual(seen);
  });

  it('an earlier version wrote is read', async () => {
    const seen = await playground.run(id);
    await writeFile(fileOf('run.json'), await changed(() => {}));
    await rm(fileOf('run.jsonl'));
    await playground.restart();
    expect(await playground.run(id)).toEqual(seen);
    expect(await (await playground.answer(id)).text()).toBe(goodImages);
  });

  it('is a folder is forgotten', async () => {
    await rm(fileOf('run.jsonl'));
    await mkdir(fileOf('run.jsonl'));
    await playground.restart();
    expect((await playground.show(id)).status).toBe(410);
    await nothingElseHarmed();
  });
});

it('files of others between the runs are left alone, and harm nothing', async () => {
  const { dataDir } = playground;
  const stray = [
    [dataDir, '.DS_Store'],
    [join(dataDir, 'runs'), 'stray'],
    [home(), 'notes.txt'],
    [join(home(), id), 'run.json.tmp'],
  ] as const;
  for (const [folder, name] of stray) await writeFile(join(folder, name), '{');
  await mkdir(join(dataDir, 'runs', 'lost+found', 'deep'), { recursive: true });
  await mkdir(join(home(), `${randomUUID()}.gone`));
  let now = Date.now();
  await playground.restart({ now: () => now });
  expect(await (await playground.answer(id)).text()).toBe(goodImages);
  now += 2 * week;
  await playground.store.sweep();
  for (const [folder, name] of stray.slice(0, 3)) expect(await readdir(folder)).toContain(name);
});
