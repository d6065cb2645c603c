import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytes, codeOf, facts, head, idsOf, readAll, type StoreBench } from './store-bench.setup';

/** What a store does with answers, and in which lists runs appear. */
export function describeAnswers(bench: StoreBench): void {
  describe('keeps answers', () => {
    it('of any length, to be read from any byte', async () => {
      const content = bytes(2_500_000);
      const run = await bench.done(content);
      for (const one of [run, await bench.store.find(run.key)]) {
        expect(crc32(await readAll(one))).toBe(crc32(content));
        for (const at of [1, 999_999, 1_048_576, 2_499_999, 2_500_000]) {
          expect(Buffer.compare(await readAll(one, at, 100_000), content.subarray(at))).toBe(0);
        }
      }
      const reader = await (await bench.store.find(run.key)).openAnswer();
      expect(await reader.read(content.length, 100)).toHaveLength(0);
      expect(await reader.read(content.length + 5, 100)).toHaveLength(0);
      await reader.close();
    });

    it('that grow while they are read', async () => {
      const run = await bench.sent();
      const pieces = Array.from({ length: 40 }, (_, index) => bytes(20_000, index));
      const follower = await bench.store.find(run.key);
      const reading = (async () => {
        const reader = await follower.openAnswer();
        const parts: Uint8Array[] = [];
        for (let at = 0; ; ) {
          while (at >= follower.view().bytes && follower.view().endedAt === null) {
            await follower.changed();
          }
          if (at >= follower.view().bytes) break;
          const part = await reader.read(at, 64 * 1024);
          parts.push(part);
          at += part.length;
        }
        await reader.close();
        return Buffer.concat(parts);
      })();
      for (const piece of pieces) {
        const added = run.append(piece);
        if (run.view().status === null) run.begin(head);
        await added;
      }
      await run.end({ state: 'done', error: null });
      expect(Buffer.compare(await reading, Buffer.concat(pieces))).toBe(0);
      expect(follower.view()).toMatchObject({ state: 'done', bytes: 800_000 });
    });

    it('and gives out none that is damaged', async () => {
      const [damaged, sound] = [await bench.done(bytes(1_500_000)), await bench.done(bytes(10))];
      await bench.damage(damaged.key, 1_200_000);
      expect(await codeOf((await bench.store.find(damaged.key)).openAnswer())).toBe('run_gone');
      expect(await readAll(await bench.store.find(sound.key))).toEqual(bytes(10));
    });

    it('of no bytes, too', async () => {
      const run = await bench.done(bytes(0));
      expect(run.view()).toMatchObject({ state: 'done', bytes: 0, status: 200 });
      const reader = await (await bench.store.find(run.key)).openAnswer();
      expect(await reader.read(0, 100)).toHaveLength(0);
      await reader.close();
    });
  });

  describe('lists', () => {
    it('the newest first, in pieces', async () => {
      const runs = [];
      for (let count = 0; count < 5; count++) runs.push(await bench.claimed());
      const ordered = runs
        .map((run) => run.view())
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
      const listing = await bench.store.list(bench.visitor);
      expect(listing.isWhole).toBe(true);
      expect(idsOf(listing.runs)).toEqual(ordered.map(({ id }) => id));
      const piece = await bench.store.list(bench.visitor, { limit: 2 });
      expect(idsOf(piece.runs)).toEqual(ordered.slice(0, 2).map(({ id }) => id));
      const after = ordered[1];
      const next = await bench.store.list(bench.visitor, { after, limit: 2 });
      expect(idsOf(next.runs)).toEqual(ordered.slice(2, 4).map(({ id }) => id));
    });

    it('only what has not ended before a moment', async () => {
      const ended = await bench.done(bytes(1));
      const open = await bench.claimed();
      const endedAt = ended.view().endedAt ?? 0;
      expect((await bench.store.list(bench.visitor, { endedAfter: endedAt })).runs).toHaveLength(2);
      const { runs } = await bench.store.list(bench.visitor, { endedAfter: endedAt + 1 });
      expect(idsOf(runs)).toEqual([open.key.id]);
    });

    it('what changed after a cursor, and nothing twice', async () => {
      const [first, second] = [await bench.claimed(), await bench.claimed()];
      await second.describe(facts);
      const { cursor } = await bench.store.list(bench.visitor);
      expect((await bench.store.list(bench.visitor, { since: cursor })).runs).toEqual([]);
      await first.describe(facts);
      const news = await bench.store.list(bench.visitor, { since: cursor });
      expect(news.isWhole).toBe(false);
      expect(idsOf(news.runs)).toEqual([first.key.id]);
      expect(news.runs[0]?.view().model).toBe('m');
      const quiet = await bench.store.list(bench.visitor, { since: news.cursor });
      expect(quiet).toMatchObject({ runs: [], isWhole: false });
    });

    it('everything to a cursor that is not its own, or from before a removal', async () => {
      const run = await bench.done(bytes(1));
      const other = await bench.claimed();
      const { cursor } = await bench.store.list(bench.visitor);
      const foreign = await bench.store.list(bench.visitor, { since: '0123456789ab-1' });
      expect(foreign.isWhole).toBe(true);
      expect(foreign.runs).toHaveLength(2);
      await bench.store.forget(run.key);
      const whole = await bench.store.list(bench.visitor, { since: cursor });
      expect(whole.isWhole).toBe(true);
      expect(idsOf(whole.runs)).toEqual([other.key.id]);
    });

    it('as soon as something changes, to whoever waits', async () => {
      const run = await bench.claimed();
      const { cursor: since } = await bench.store.list(bench.visitor);
      const never = new AbortController();
      const waiting = bench.store.list(bench.visitor, { since, until: never.signal });
      const added = await bench.claimed();
      expect(idsOf((await waiting).runs)).toEqual([added.key.id]);
      const { cursor } = await bench.store.list(bench.visitor);
      const stop = new AbortController();
      const quiet = bench.store.list(bench.visitor, { since: cursor, until: stop.signal });
      stop.abort();
      expect((await quiet).runs).toEqual([]);
      const removal = bench.store.list(bench.visitor, { since: cursor, until: never.signal });
      await bench.store.release(run, null);
      expect(await removal).toMatchObject({ isWhole: true });
    });
  });
}
