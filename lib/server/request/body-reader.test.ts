import { afterEach, expect, it, vi } from 'vitest';
import { drainUpload } from './body-reader';

afterEach(() => {
  vi.useRealTimers();
});

it('a client that stops sending the rest of a refused upload is given up', async () => {
  vi.useFakeTimers();
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(10));
    },
    cancel() {
      isCancelled = true;
    },
  });
  const drained = drainUpload(body.getReader());
  await vi.advanceTimersByTimeAsync(59_000);
  expect(isCancelled).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  await drained;
  expect(isCancelled).toBe(true);
});

it('the rest of an upload that comes is read away, and leaves no timer', async () => {
  vi.useFakeTimers();
  const body = new Blob([new Uint8Array(3_000_000)]).stream();
  await drainUpload(body.getReader());
  expect(vi.getTimerCount()).toBe(0);
});
