import { describe, expect, it } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import { admit, type Lane, newLane, refused, started } from '../../core/experiments/lane';
import type { Cell, Slot } from '../../core/runs/run-entry';
import type { Claim } from '../storage/cells';
import { cellId } from './cell-id';
import { createPump, type WantedCell, wantedCells } from './pump';

const wanted = (key: string, model = 'm', attempt = 1): WantedCell => ({
  key,
  attempt,
  sends: { endpoint: 'generations', request: { model, prompt: key } },
});

/** What tabs share, and a clock that goes on only while somebody waits. Each request takes `tookMs`. */
function createWorld({ parallel = 2, rate = 1000, tookMs = 1000 } = {}) {
  const limits = { parallel, rate: { requests: rate, seconds: 60 } };
  const starts: { key: string; at: number }[] = [];
  const taken = new Map<string, { model: string; endsAt: number }>();
  const lanes = new Map<string, Lane>();
  const state = { now: 0, isRunning: true };
  const isUnderWay = ({ endsAt }: { endsAt: number }) => endsAt > state.now;
  const openTab = () => {
    const begun: string[] = [];
    const others: string[] = [];
    const pump = createPump({
      async claim({ request: { model }, cell: { key } }): Promise<Claim> {
        if (!state.isRunning) return { kind: 'stopped' };
        if (taken.has(key)) return { kind: 'taken' };
        const lane = lanes.get(model) ?? newLane(model);
        const running = [...taken.values()].filter((one) => one.model === model && isUnderWay(one));
        const answer = admit(
          lane,
          { id: model, ...limits },
          { running: running.length, now: state.now },
        );
        if (!answer.isFree) return { kind: 'busy', at: answer.at };
        lanes.set(model, started(lane, state.now));
        taken.set(key, { model, endsAt: state.now + tookMs });
        starts.push({ key, at: state.now });
        return { kind: 'claimed' };
      },
      begin: ({ cell }) => begun.push(cell.key),
      onTaken: ({ cell }) => others.push(cell.key),
      limitsOf: ({ request }) => ({ id: request.model, ...limits }),
      async wait(milliseconds) {
        // What waits shortest is what goes on first.
        const next = Math.min(
          state.now + milliseconds,
          ...[...taken.values()].filter(isUnderWay).map(({ endsAt }) => endsAt),
        );
        state.now = Math.max(state.now, next);
      },
      now: () => state.now,
    });
    return { ...pump, begun, others };
  };
  return { openTab, starts, state, lanes };
}

describe('an experiment that runs', () => {
  it('starts its cells in their order, as many at once as the lane lets it', async () => {
    const world = createWorld();
    const tab = world.openTab();
    expect(await tab.start('e', async () => ['a', 'b', 'c'].map((key) => wanted(key)))).toBe(true);
    expect(world.starts).toEqual([
      { key: 'a', at: 0 },
      { key: 'b', at: 0 },
      { key: 'c', at: 1000 },
    ]);
  });

  it('is held up by no other model', async () => {
    const world = createWorld();
    world.lanes.set('slow', refused(newLane('slow'), { now: 0, retryAfterSeconds: 700 }));
    const tab = world.openTab();
    await tab.start('e', async () => [wanted('a', 'slow'), wanted('b'), wanted('c')]);
    expect(world.starts.map(({ key }) => key)).toEqual(['b', 'c', 'a']);
    expect(world.starts[2]?.at).toBeGreaterThanOrEqual(700_000);
  });

  it('shares its cells with a second tab, and no cell is started twice', async () => {
    const world = createWorld();
    const tabs = [world.openTab(), world.openTab()];
    const cells = Array.from({ length: 20 }, (_, index) => wanted(`${index}`));
    expect(await Promise.all(tabs.map((tab) => tab.start('e', async () => cells)))).toEqual([
      true,
      true,
    ]);
    expect(new Set(world.starts.map(({ key }) => key)).size).toBe(20);
    expect(world.starts).toHaveLength(20);
    const [one, other] = tabs;
    expect([...(one?.begun ?? []), ...(one?.others ?? [])].sort()).toEqual(
      cells.map(({ key }) => key).sort(),
    );
    expect((one?.begun.length ?? 0) + (other?.begun.length ?? 0)).toBe(20);
  });

  it('starts nothing more once it is stopped, here or elsewhere', async () => {
    const world = createWorld({ parallel: 1 });
    const tab = world.openTab();
    const all = tab.start('e', async () => [wanted('a'), wanted('b')]);
    while (world.starts.length === 0) await null;
    tab.stop('e');
    expect(await all).toBe(false);
    world.state.isRunning = false;
    expect(await world.openTab().start('e', async () => [wanted('c')])).toBe(false);
    expect(world.starts.map(({ key }) => key)).toEqual(['a']);
  });
});

describe('the cells to be started', () => {
  const picture: Slot = { kind: 'picture', hash: 'h', byteLength: 1, header: undefined };
  const attemptAt = (
    state: Cell['state'],
    isWantedAgain?: boolean,
    slots: Slot[] = [picture],
  ): Cell => {
    const { key, sends } = wanted('a');
    const cell = { experiment: 'e', key, attempt: 3, isWantedAgain };
    return { ...createCell({ id: 'a', cell, sends, now: 0 }), state, slots };
  };
  const { attempt: _attempt, ...planned } = wanted('a');

  it.each([
    ['never tried', undefined, [1]],
    ['under way', attemptAt('waiting'), []],
    ['done', attemptAt('done'), []],
    ['failed', attemptAt('failed'), []],
    ['stopped', attemptAt('cancelled'), []],
    ['failed, wanted again', attemptAt('failed', true), [4]],
    ['stopped, wanted again', attemptAt('cancelled', true), [4]],
    ['done, wanted again', attemptAt('done', true), []],
    ['done without anything', attemptAt('done', undefined, []), []],
    ['done without anything, wanted again', attemptAt('done', true, []), [4]],
  ])('of one that is %s', (_, last, attempts) => {
    expect(wantedCells([planned], () => last).map(({ attempt }) => attempt)).toEqual(attempts);
  });
});

it('a cell’s id is a UUID of version 8, the same in each tab, another for each attempt', () => {
  const place = { experiment: 'e', key: 'k', attempt: 1 };
  expect(cellId(place)).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(cellId({ ...place })).toBe(cellId(place));
  expect(cellId({ ...place, attempt: 2 })).not.toBe(cellId(place));
  expect(cellId({ ...place, experiment: 'f' })).not.toBe(cellId(place));
});
