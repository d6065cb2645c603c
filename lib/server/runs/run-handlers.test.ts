import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodEvents, goodImages, releaseStep } from '../../../e2e/fault-upstream';
import { visitorHeader } from '../../core/runs/run';
import { readVisitor } from '../visitor';
import { type OpenFile, openSpoolFile } from './answer-file';
import { errorIn, Playground } from './playground.setup';

let playground: Playground;
beforeEach(async () => {
  playground = await Playground.open();
});
afterEach(() => playground.close());

const id = '0b8f6d0e-4f6e-4bd5-9d3a-0123456789ab';
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

describe('the list', () => {
  it('has the visitor’s runs, newest first, and the ended ones for an hour', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await playground.picture('fault:ok', first);
    const { endedAt } = await playground.reach(first, 'done');
    await expect.poll(() => Date.now()).toBeGreaterThan(endedAt ?? 0);
    await playground.picture('fault:silent', second);
    const now = Date.now();
    const list = await playground.list(now);
    expect(list.serverTime).toBe(now);
    expect(list.runs.map((run) => run.id)).toEqual([second, first]);
    const later = await playground.list(now + 61 * 60 * 1000);
    expect(later.runs.map((run) => run.id)).toEqual([second]);
  });

  it('is empty for somebody without a name', async () => {
    await playground.picture('fault:ok', id);
    const other = await Playground.open();
    expect((await other.list()).runs).toEqual([]);
    await other.close();
  });
});

describe('a browser that keeps no cookies', () => {
  it('names its visitor itself, and finds its runs by that name only', async () => {
    const own = { [visitorHeader]: randomUUID() };
    const request = (headers: Record<string, string>) =>
      new Request('http://localhost/api/runs', { headers });
    expect(readVisitor(request(own).headers)).toBe(own[visitorHeader]);
    expect(readVisitor(request({ [visitorHeader]: 'x; y' }).headers)).toBeUndefined();
    // A cookie says it better: nobody but the server can have written that.
    const cookie = `visitor=${playground.visitor}`;
    expect(readVisitor(request({ ...own, cookie }).headers)).toBe(playground.visitor);
  });
});

describe('another visitor’s run', () => {
  it('is as unknown as one that never was', async () => {
    await playground.picture('fault:silent', id);
    for (const asked of [id, randomUUID(), 'x', '..%2f']) {
      const stranger = randomUUID();
      for (const response of [
        await playground.show(asked, stranger),
        await playground.answer(asked, { visitor: stranger }),
        await playground.remove(asked, stranger),
      ]) {
        expect(await errorIn(response)).toMatchObject({ status: 404, code: 'run_not_found' });
      }
    }
    expect((await playground.run(id)).state).toBe('waiting');
  });
});

describe('an answer', () => {
  it('can be read from any byte', async () => {
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    const length = goodImages.length;
    for (const offset of [0, 1, length - 1, length, length + 1, 1e15]) {
      const response = await playground.answer(id, { offset: String(offset) });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(goodImages.slice(offset));
    }
  });

  it.each(['-1', '1.5', 'x', '', '1e3', '99999999999999999999'])(
    'cannot be read from %j',
    async (offset) => {
      await playground.picture('fault:ok', id);
      const response = await playground.answer(id, { offset });
      expect(await errorIn(response)).toMatchObject({
        status: 400,
        code: 'invalid_value',
        param: 'offset',
      });
    },
  );

  it('is followed event by event, by several at once, from where each begins', async () => {
    await playground.chat('fault:chat-one-by-one', id);
    const from = async (offset: number) =>
      (await playground.answer(id, { offset: String(offset) })).body?.getReader();
    const [one, other] = [await from(0), await from(5)];
    for (const [index, event] of goodEvents.entries()) {
      expect(text((await one?.read())?.value)).toBe(event);
      expect(text((await other?.read())?.value)).toBe(index === 0 ? event.slice(5) : event);
      expect((await playground.run(id)).state).toBe('answering');
      releaseStep();
    }
    expect((await one?.read())?.done).toBe(true);
    expect((await other?.read())?.done).toBe(true);
    expect((await playground.run(id)).state).toBe('done');
  });

  it('that has not begun is 202 after a while, and at its beginning at once', async () => {
    await playground.picture('fault:silent', id);
    const response = await playground.answer(id, { waitMs: 1 });
    expect(response.status).toBe(202);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('run-id')).toBe(id);
    expect(await response.json()).toMatchObject({ id, state: 'waiting', status: null });
  });

  it('is waited for', async () => {
    const other = randomUUID();
    await playground.chat('fault:chat-one-by-one', other);
    const response = await playground.answer(other);
    expect(response.status).toBe(200);
    const read = response.text();
    await expect
      .poll(async () => {
        releaseStep();
        return (await playground.run(other)).state;
      })
      .toBe('done');
    expect(await read).toBe(goodEvents.join(''));
  });

  it('of which a follower has had enough lets the run go on', async () => {
    await playground.chat('fault:chat-silent-late', id);
    const leaving = new AbortController();
    const response = await playground.answer(id, { signal: leaving.signal });
    const reader = response.body?.getReader();
    expect(text((await reader?.read())?.value)).toBe(goodEvents[0]);
    const waiting = reader?.read();
    leaving.abort();
    expect((await waiting)?.done).toBe(true);
    expect((await playground.run(id)).state).toBe('answering');
  });
});

describe('the file of an answer', () => {
  it('is closed at the end, on leaving, and when the connection goes', async () => {
    let open = 0;
    const openFile: OpenFile = async (path, flags) => {
      const file = await openSpoolFile(path, flags);
      open++;
      return {
        read: file.read.bind(file),
        writev: file.writev.bind(file),
        close: async () => {
          open--;
          await file.close();
        },
      };
    };
    await playground.restart({ openFile });
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    expect(open).toBe(0);
    await (await playground.answer(id)).text();
    expect(open).toBe(0);
    const leaving = (await playground.answer(id)).body?.getReader();
    await leaving?.read();
    expect(open).toBe(1);
    await leaving?.cancel();
    expect(open).toBe(0);
    const connection = new AbortController();
    const cut = (await playground.answer(id, { signal: connection.signal })).body?.getReader();
    await cut?.read();
    connection.abort();
    await cut?.read();
    expect(open).toBe(0);
  });
});

describe('DELETE', () => {
  it('cancels a run under way: upstream ends, what came stays readable', async () => {
    await playground.chat('fault:chat-silent-late', id);
    await expect.poll(async () => (await playground.run(id)).bytes).toBe(goodEvents[0]?.length);
    const follower = (await playground.answer(id)).text();
    expect((await playground.remove(id)).status).toBe(204);
    await playground.upstream.requests[0]?.closed;
    expect(await follower).toBe(goodEvents[0]);
    expect(await playground.run(id)).toMatchObject({
      state: 'cancelled',
      status: 200,
      error: null,
    });
    expect(await (await playground.answer(id)).text()).toBe(goodEvents[0]);
    expect((await playground.chat('fault:chat-silent-late', id)).status).toBe(202);
    expect(playground.upstream.requests).toHaveLength(1);
  });

  it('cancels a run without an answer, which then has none', async () => {
    await playground.picture('fault:silent', id);
    const follower = playground.answer(id);
    expect((await playground.remove(id)).status).toBe(204);
    await playground.upstream.requests[0]?.closed;
    const answer = await follower;
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(answer.headers.get('run-id')).toBe(id);
    expect(await errorIn(answer)).toMatchObject({ status: 410, code: 'run_gone' });
  });

  it('forgets an ended run, whose key stays used up', async () => {
    await playground.picture('fault:ok', id);
    await playground.reach(id, 'done');
    for (const _ of [1, 2]) expect((await playground.remove(id)).status).toBe(204);
    for (const response of [
      await playground.show(id),
      await playground.answer(id),
      await playground.picture('fault:ok', id),
    ]) {
      expect(await errorIn(response)).toMatchObject({ status: 410, code: 'run_gone' });
    }
    expect((await playground.list()).runs).toEqual([]);
    await playground.restart();
    expect((await playground.picture('fault:ok', id)).status).toBe(410);
    expect(playground.upstream.requests).toHaveLength(1);
  });

  it('from another site is refused', async () => {
    await playground.picture('fault:silent', id);
    const response = await playground.remove(id, playground.visitor, {
      origin: 'http://evil.test',
    });
    expect(response.status).toBe(403);
    expect((await playground.run(id)).state).toBe('waiting');
  });
});
