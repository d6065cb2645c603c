import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWaits, limitedReader } from './upload-limits';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An upload that is read all the time, and moves when it is told to. */
function upload(waits: ReturnType<typeof createWaits>) {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  const reader = limitedReader(body.getReader(), waits);
  const state: { ended?: string } = {};
  const readAll = async () => {
    while (!(await reader.read()).done);
    return 'whole';
  };
  readAll().then(
    (end) => {
      state.ended = end;
    },
    (error) => {
      state.ended = error.code;
    },
  );
  return {
    state,
    move: () => controller.enqueue(new Uint8Array(1)),
    close: () => controller.close(),
  };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('an upload that moves may take its time, and one that is silent for a minute ends', async () => {
  const waits = createWaits(2);
  const [moving, silent] = [upload(waits), upload(waits)];
  for (let minutes = 0; minutes < 10; minutes++) {
    await pass(50_000);
    moving.move();
  }
  expect(moving.state.ended).toBeUndefined();
  expect(silent.state.ended).toBe('invalid_value');
  moving.close();
  await pass(2000);
  expect(moving.state.ended).toBe('whole');
  expect(vi.getTimerCount()).toBe(0);
});

it('of too many, those that have been silent longest end, and none that moves', async () => {
  const waits = createWaits(3);
  const moving = upload(waits);
  const silent = Array.from({ length: 5 }, () => upload(waits));
  for (let times = 0; times < 6; times++) {
    await pass(500);
    moving.move();
  }
  const ended = silent.map(({ state }) => state.ended);
  expect(ended).toEqual([...Array(3).fill('rate_limit_exceeded'), undefined, undefined]);
  expect(moving.state.ended).toBeUndefined();
});

it('if all move, the latest has to come again, unless it is short', async () => {
  const waits = createWaits(2);
  const uploads = [upload(waits), upload(waits)];
  await pass(5000);
  const [late, short] = [upload(waits), upload(waits)];
  uploads.push(late, short);
  for (let times = 0; times < 4; times++) {
    await pass(300);
    for (const { move, state } of uploads) if (!state.ended) move();
    if (times === 1) short.close();
    if (times === 1) uploads.pop();
  }
  await pass(1000);
  expect(short.state.ended).toBe('whole');
  expect(late.state.ended).toBe('rate_limit_exceeded');
  expect(uploads.slice(0, 2).map(({ state }) => state.ended)).toEqual([undefined, undefined]);
});
