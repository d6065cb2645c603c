import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { goodEvents, goodImages, releaseStep } from '../../../e2e/fault-upstream';
import { failureOfRun, readRunFailure } from '../../core/runs/run-failure';
import { hashVisitor } from '../visitor';
import { type OpenFile, openSpoolFile } from './answer-file';
import { editFormData, errorIn, Playground } from './playground.setup';

const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const spare = 256 * 1024 * 1024;
/** What a picture of a size that the model chooses may take, at 4 bytes a pixel. */
const onePicture = 1536 * 1024 * 4;
let playground: Playground;
afterEach(() => playground.close());

const isRefused = async (response: Response) => {
  expect(response.headers.get('retry-after')).toBe('60');
  expect(response.headers.get('x-should-retry')).toBeNull();
  const message = expect.stringContaining('Nothing was sent');
  const { status, headers } = response;
  const text = await response.clone().text();
  const failure = readRunFailure({ status, headers, text, now: 0 });
  expect(failure).toMatchObject({ kind: 'spool_full', mayBeCharged: false });
  expect(await errorIn(response)).toMatchObject({ status: 503, code: 'spool_full', message });
};
const done = async () => {
  const run = randomUUID();
  expect((await playground.picture('fault:ok', run)).status).toBe(202);
  await playground.reach(run, 'done');
  return run;
};
const read = async (run: string) => {
  await (await playground.answer(run)).text();
};
const status = async (run: string) => (await playground.show(run)).status;

describe('a start without room for its answer is refused, and nothing is sent', () => {
  it.each([
    ['on the disk', { freeBytes: async () => spare + onePicture - 1 }],
    ['on a disk that is full', { freeBytes: async () => 1000 }],
    ['by the setting', { maxBytes: onePicture - 1 }],
    ['by a setting of nothing', { maxBytes: 0 }],
  ])('%s', async (_, options) => {
    playground = await Playground.open(options);
    await isRefused(await playground.picture('fault:ok', id));
    expect(playground.upstream.requests).toHaveLength(0);
    expect((await playground.list()).runs).toEqual([]);
    await playground.restart();
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
  });

  it('that it would need for all its pictures', async () => {
    playground = await Playground.open({ maxBytes: 8 * onePicture });
    const start = (n: number, size: string) => {
      const body = { model: 'turing/gpt-image-2', prompt: 'fault:ok', n, size };
      return playground.start('generations', playground.request({ body }));
    };
    await isRefused(await start(2, '3840x2160'));
    await isRefused(await start(9, '1536x1024'));
    expect(playground.upstream.requests).toHaveLength(0);
    expect((await start(1, '3840x2160')).status).toBe(202);
  });

  it('nor the last byte of an upload', async () => {
    playground = await Playground.open({ maxBytes: onePicture - 1 });
    const edit = () =>
      playground.start(
        'edits',
        playground.request({ id, body: editFormData({ prompt: 'fault:ok', bytes: 200_000 }) }),
      );
    await isRefused(await edit());
    await Promise.all(playground.upstream.requests.map((seen) => seen.closed));
    expect(playground.upstream.requests.some((seen) => seen.complete)).toBe(false);
    await playground.restart();
    expect((await edit()).status).toBe(202);
  });

  it('where its record cannot be written', async () => {
    playground = await Playground.open();
    await writeFile(join(playground.dataDir, 'runs'), 'a file in the way');
    await isRefused(await playground.picture('fault:ok', id));
    await Promise.all(playground.upstream.requests.map((seen) => seen.closed));
    expect(playground.upstream.requests.some((seen) => seen.complete)).toBe(false);
    await rm(join(playground.dataDir, 'runs'));
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
  });
});

describe('room', () => {
  it('that is reserved for one answer is given to no other, and comes back at its end', async () => {
    playground = await Playground.open({ maxBytes: 2 * onePicture + 2 * goodImages.length });
    const waiting = [randomUUID(), randomUUID()] as const;
    for (const run of waiting) {
      expect((await playground.picture('fault:silent', run)).status).toBe(202);
    }
    await isRefused(await playground.picture('fault:ok', id));
    await playground.remove(waiting[0]);
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
    await playground.reach(id, 'done');
    expect((await playground.picture('fault:ok')).status).toBe(202);
  });

  it('for as many as there is goes to as many, whatever comes at once', async () => {
    playground = await Playground.open({ maxBytes: 3 * onePicture });
    const starts = Array.from({ length: 9 }, () => playground.picture('fault:silent'));
    const statuses = (await Promise.all(starts)).map((response) => response.status).sort();
    expect(statuses).toEqual([202, 202, 202, ...Array(6).fill(503)]);
    await expect.poll(() => playground.upstream.requests.length).toBe(3);
  });

  it('is made of answers that were read, the oldest first, and of no other', async () => {
    let now = Date.now();
    const options = { now: () => now++, maxBytes: onePicture + 2.5 * goodImages.length };
    playground = await Playground.open(options);
    const [first, second, third] = [await done(), await done(), await done()];
    // Three that nobody has read: there is no room for a fourth.
    await isRefused(await playground.picture('fault:ok', id));
    await (await playground.answer(first, { offset: '0' })).body?.cancel();
    await isRefused(await playground.picture('fault:ok', id));
    await read(third);
    await read(second);
    expect((await playground.picture('fault:ok', id)).status).toBe(202);
    await playground.reach(id, 'done');
    expect(await Promise.all([first, second, third].map(status))).toEqual([200, 410, 200]);
    expect(await (await playground.answer(first)).text()).toBe(goodImages);
  });

  it('is made after a restart as before: what was read is remembered', async () => {
    playground = await Playground.open();
    const [first, second] = [await done(), await done()];
    await read(first);
    const maxBytes = onePicture + 1.5 * goodImages.length;
    await expect
      .poll(async () => {
        await playground.restart({ maxBytes });
        return (await playground.picture('fault:ok', id)).status;
      })
      .toBe(202);
    expect(await Promise.all([first, second].map(status))).toEqual([410, 200]);
    await playground.reach(id, 'done');
  });

  it('is not made where all that was read would not be enough', async () => {
    playground = await Playground.open({ maxBytes: onePicture + 2.5 * goodImages.length });
    const first = await done();
    await read(first);
    const body = { model: 'turing/gpt-image-2', prompt: 'fault:ok', n: 2 };
    await isRefused(await playground.start('generations', playground.request({ body })));
    expect(await status(first)).toBe(200);
  });
});

describe('a disk that fails in the middle of an answer', () => {
  /** Files that take so many bytes, and then no more. */
  const full =
    (isFull: () => boolean): OpenFile =>
    async (path, flags) => {
      const file = await openSpoolFile(path, flags);
      return {
        read: file.read.bind(file),
        close: () => file.close(),
        writev: (async (...parameters: Parameters<typeof file.writev>) => {
          if (isFull()) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
          return file.writev(...parameters);
        }) as typeof file.writev,
      };
    };

  const isFailed = async (text: string) => {
    for (let start = 0; start < 2; start++) {
      const run = await playground.run(id);
      const message = expect.stringContaining('may have been charged');
      expect(run).toMatchObject({
        state: 'failed',
        status: 200,
        bytes: text.length,
        error: { code: 'spool_full', message },
      });
      expect(failureOfRun(run)).toMatchObject({ kind: 'spool_full', mayBeCharged: true });
      expect(await (await playground.answer(id)).text()).toBe(text);
      await playground.restart();
    }
  };

  it('ends the run at once, and its upstream call; what was written can be read', async () => {
    let isFull = false;
    playground = await Playground.open({ openFile: full(() => isFull) });
    await playground.chat('fault:chat-one-by-one', id);
    const follower = playground.answer(id).then((answer) => answer.text());
    await expect.poll(async () => (await playground.run(id)).bytes).toBe(goodEvents[0]?.length);
    // The run counts what has come, also before it is on the disk.
    const folder = join(playground.dataDir, 'runs', hashVisitor(playground.visitor), id);
    await expect
      .poll(async () => (await stat(join(folder, 'answer'))).size)
      .toBe(goodEvents[0]?.length);
    isFull = true;
    releaseStep();
    await playground.upstream.requests[0]?.closed;
    await playground.reach(id, 'failed');
    await isFailed(goodEvents[0] ?? '');
    expect((await follower).startsWith(goodEvents[0] ?? '')).toBe(true);
  });

  it('at its only chunk: the run is not done', async () => {
    playground = await Playground.open({ openFile: full(() => true) });
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'failed');
    await isFailed('');
  });

  it('by the setting, where an answer is far larger than was estimated', async () => {
    playground = await Playground.open({ maxBytes: onePicture });
    await playground.picture('fault:huge', id);
    const run = await playground.reach(id, 'failed');
    expect(run).toMatchObject({ error: { code: 'spool_full' } });
    expect(run.bytes).toBeLessThanOrEqual(onePicture);
  });
});
