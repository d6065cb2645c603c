import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeAnswers } from './run-answers.setup';
import {
  about,
  bytes,
  codeOf,
  error,
  facts,
  head,
  idsOf,
  readAll,
  StoreBench,
  type StoreUnderTest,
} from './store-bench.setup';

/** Holds a store to its interface, whichever engine it stands on. */
export function describeRunStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: a store of runs`, () => {
    const bench = new StoreBench(open);

    describe('claims', () => {
      it('exactly one of many at once', async () => {
        const key = bench.newKey();
        const all = await Promise.all(
          Array.from({ length: 20 }, () => bench.store.claim(key, about)),
        );
        expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
        expect(new Set(all.map(({ run }) => run.view().state))).toEqual(new Set(['uploading']));
      });

      it('attaches whoever comes later, until the key is released', async () => {
        const run = await bench.claimed();
        const later = await bench.store.claim(run.key, about);
        expect(later.isNew).toBe(false);
        const waiting = later.run.changed();
        await bench.store.release(run, error);
        await waiting;
        expect(run.released).toBe(true);
        expect(run.view()).toMatchObject({ state: 'interrupted', error });
        expect((await bench.store.find(run.key)).view()).toMatchObject({
          state: 'interrupted',
          error,
        });
        const again = await bench.claimed(run.key);
        expect(again.released).toBe(false);
        expect(idsOf((await bench.store.list(bench.visitor)).runs)).toEqual([run.key.id]);
      });

      it('a key that was released without an error leaves nothing behind', async () => {
        const run = await bench.claimed();
        await bench.store.release(run, null);
        expect(await codeOf(bench.store.find(run.key))).toBe('run_not_found');
        expect((await bench.store.list(bench.visitor)).runs).toEqual([]);
        await bench.claimed(run.key);
      });

      it('the keys of two visitors apart', async () => {
        const key = bench.newKey();
        const other = { ...key, visitor: randomUUID().replaceAll('-', '') };
        await bench.claimed(key);
        const run = await bench.claimed(other);
        expect(idsOf((await bench.store.list(bench.visitor)).runs)).toEqual([key.id]);
        await bench.store.release(run, null);
        expect(await codeOf(bench.store.find(other))).toBe('run_not_found');
      });
    });

    describe('forgets', () => {
      it('an ended run and its answer, and remembers its key', async () => {
        const run = await bench.done(bytes(10));
        await bench.store.forget(run.key);
        expect(await codeOf(bench.store.find(run.key))).toBe('run_gone');
        expect(await codeOf(bench.store.claim(run.key, about))).toBe('run_gone');
        expect((await bench.store.list(bench.visitor)).runs).toEqual([]);
        await bench.store.forget(run.key);
        await bench.store.forget(bench.newKey());
      });
    });

    describe('tells its story', () => {
      it('from the upload to the end', async () => {
        const before = Date.now();
        const run = await bench.claimed();
        expect(run.view()).toMatchObject({ id: run.key.id, state: 'uploading', status: null });
        expect(run.view()).toMatchObject({ endpoint: 'generations', model: null, error: null });
        run.receive(70);
        run.receive(30);
        await run.describe(facts);
        expect(run.view()).toMatchObject({ model: 'm', receivedBytes: 100 });
        expect(run.fingerprint).toBe('v2:f');
        (await bench.commit(run)).sent();
        run.passOn();
        expect(run.view().state).toBe('waiting');
        expect(run.head).toBeUndefined();
        const added = run.append(bytes(7));
        run.begin(head);
        await added;
        expect(run.head).toEqual(head);
        expect(run.view()).toMatchObject({ state: 'answering', status: 200, bytes: 7 });
        await run.end({ state: 'done', error: null });
        const view = run.view();
        expect(view).toMatchObject({ state: 'done', bytes: 7, receivedBytes: 100, error: null });
        for (const time of [view.createdAt, view.firstByteAt, view.endedAt]) {
          expect(time).toBeGreaterThan(before - 60_000);
          expect(time).toBeLessThan(Date.now() + 60_000);
        }
        const found = await bench.store.find(run.key);
        expect(found.view()).toEqual(view);
        expect(found.head).toEqual(head);
        expect(found.fingerprint).toBe('v2:f');
        const again = await bench.store.claim(run.key, about);
        expect(again.isNew).toBe(false);
        expect(again.run.view()).toEqual(view);
      });

      it('with the first end only', async () => {
        const run = await bench.sent();
        await Promise.all([
          run.end({ state: 'failed', error }),
          run.end({ state: 'done', error: null }),
          run.cancel(),
        ]);
        await run.append(bytes(3));
        run.begin(head);
        expect(run.view()).toMatchObject({ state: 'failed', error, bytes: 0, status: null });
        expect((await bench.store.find(run.key)).view()).toMatchObject({ state: 'failed', error });
      });

      it('to whoever waits for its next change', async () => {
        const run = await bench.claimed();
        const follower = (await bench.store.claim(run.key, about)).run;
        const passed = (async () => {
          while (follower.view().state === 'uploading') await follower.changed();
        })();
        await run.describe(facts);
        (await bench.commit(run)).sent();
        run.passOn();
        await passed;
        const stop = new AbortController();
        const aborted = follower.changed(stop.signal);
        stop.abort();
        await aborted;
        const ended = (async () => {
          while (follower.view().endedAt === null) await follower.changed();
        })();
        await run.end({ state: 'interrupted', error });
        await ended;
        expect(follower.view()).toMatchObject({ state: 'interrupted', error });
        await follower.changed();
      });

      it.each([error, null])('to whoever waits for a run that is released (%o)', async (why) => {
        const run = await bench.claimed();
        const follower = (await bench.store.claim(run.key, about)).run;
        let looks = 0;
        const waited = (async () => {
          while (follower.view().state === 'uploading' && looks < 100) {
            await follower.changed();
            looks++;
          }
        })();
        await bench.store.release(run, why);
        await waited;
        expect(looks).toBeLessThan(100);
        expect(follower.released).toBe(true);
        expect((await bench.store.claim(run.key, about)).isNew).toBe(true);
      });
    });

    describe('commits', () => {
      it('books once for each run, and refuses beyond the budget', async () => {
        await bench.sent();
        await bench.sent();
        expect(await bench.used()).toBe(2);
        const run = await bench.claimed();
        await run.describe(facts);
        expect(await codeOf(bench.commit(run))).toBe('budget_exceeded');
        await bench.store.release(run, null);
        expect(await bench.used()).toBe(2);
      });

      it('gives back what was not sent', async () => {
        const run = await bench.claimed();
        await run.describe(facts);
        const booked = await bench.commit(run);
        expect(booked.isGood()).toBe(true);
        booked.giveBack(false);
        await expect.poll(bench.used).toBe(0);
        await bench.store.release(run, error);
        await bench.claimed(run.key);
      });

      it('books nothing for a run that was cancelled or released', async () => {
        const cancelled = await bench.claimed();
        await cancelled.describe(facts);
        const { cancelled: signal } = cancelled;
        await cancelled.cancel();
        await bench.commit(cancelled).catch(() => {});
        expect(signal.aborted).toBe(true);
        const released = await bench.claimed();
        await bench.store.release(released, error);
        await bench.commit(released).catch(() => {});
        expect(await bench.used()).toBe(0);
        expect((await bench.store.find(cancelled.key)).view().state).toBe('cancelled');
      });
    });

    describe('cancels', () => {
      it.each(['claimed', 'sent'] as const)('a run that is %s', async (state) => {
        const run = await (state === 'sent' ? bench.sent() : bench.claimed());
        const { cancelled } = run;
        expect(cancelled.aborted).toBe(false);
        await (await bench.store.find(run.key)).cancel();
        await expect.poll(() => cancelled.aborted).toBe(true);
        await expect.poll(() => run.view().state).toBe('cancelled');
        expect(run.view()).toMatchObject({ error: null, status: null });
        await run.cancel();
        expect(run.cancelled.aborted).toBe(true);
        await run.end({ state: 'done', error: null });
        expect((await bench.store.find(run.key)).view().state).toBe('cancelled');
        // Its key stays used up.
        expect((await bench.store.claim(run.key, about)).isNew).toBe(false);
      });

      it('and keeps what has arrived', async () => {
        const run = await bench.sent();
        const added = run.append(bytes(5000));
        run.begin(head);
        await added;
        await expect.poll(async () => (await bench.store.find(run.key)).view().bytes).toBe(5000);
        await run.cancel();
        expect(run.view()).toMatchObject({ state: 'cancelled', bytes: 5000, status: 200 });
        expect(await readAll(await bench.store.find(run.key))).toEqual(bytes(5000));
      });
    });

    describeAnswers(bench);

    it('says that it can take runs', async () => {
      expect(await bench.store.state()).toMatchObject({ isWritable: true, hasRoom: true });
      await bench.store.sweep();
    });
  });
}
