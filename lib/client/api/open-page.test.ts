import { afterEach, expect, it, vi } from 'vitest';
import { openPage, preparePage } from './open-page';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const answer = (health: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(health));

it('opens a page once the server has answered', async () => {
  answer(async () => Response.json({ status: 'ok' }));
  const open = vi.fn();
  await openPage(open);
  expect(open).toHaveBeenCalledOnce();
});

it.each([
  ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['is behind a proxy that misses it', async () => new Response('<h1>nginx</h1>', { status: 502 })],
])('opens none if the server %s', async (_, health) => {
  answer(health);
  const open = vi.fn();
  await openPage(open);
  expect(open).not.toHaveBeenCalled();
});

it('opens the one that was asked for last', async () => {
  let answerFirst: (response: Response) => void = () => {};
  answer(
    () =>
      new Promise((resolve) => {
        answerFirst = resolve;
      }),
  );
  const [early, late] = [vi.fn(), vi.fn()];
  const opening = openPage(early);
  answer(async () => Response.json({ status: 'ok' }));
  await openPage(late);
  answerFirst(Response.json({ status: 'ok' }));
  await opening;
  expect(late).toHaveBeenCalledOnce();
  expect(early).not.toHaveBeenCalled();
});

it('asks once for a link that is pressed and clicked', async () => {
  answer(async () => Response.json({ status: 'ok' }));
  const open = vi.fn();
  preparePage();
  await openPage(open);
  expect(open).toHaveBeenCalledOnce();
  expect(fetch).toHaveBeenCalledOnce();
});

it('asks again for the next click, and for one that comes long after the press', async () => {
  vi.useFakeTimers();
  answer(async () => Response.json({ status: 'ok' }));
  preparePage();
  await openPage(() => {});
  const open = vi.fn();
  answer(() => Promise.reject(new TypeError('Failed to fetch')));
  await openPage(open);
  answer(async () => Response.json({ status: 'ok' }));
  preparePage();
  vi.advanceTimersByTime(1000);
  answer(() => Promise.reject(new TypeError('Failed to fetch')));
  await openPage(open);
  expect(open).not.toHaveBeenCalled();
});
