import { afterEach, expect, it, vi } from 'vitest';
import { openPage } from './open-page';

afterEach(() => vi.unstubAllGlobals());

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
