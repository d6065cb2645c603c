import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import {
  createExperiment,
  type Experiment,
  emptyDefinition,
} from '../../core/experiments/experiment';
import { catalogue } from '../../core/models/catalogue';
import { randomId } from '../../core/random-id';
import type { Cell, Slot } from '../../core/runs/run-entry';
import { failureOfNetwork } from '../../core/runs/run-failure';
import { cellHistory } from '../storage/cells';
import { experimentHistory } from '../storage/experiments';
import { history } from '../storage/history';
import { storageStatusStore } from '../storage/storage-status';
import { cellId } from './cell-id';
import { cellsStore, changeCell, findCell, putCells } from './cells-store';
import {
  addExperiment,
  changeExperiment,
  duplicateExperiment,
  experimentsStore,
  findExperiment,
  loadExperiments,
  openExperiment,
} from './experiments-store';
import { takeUpLeftBehind } from './left-behind';
import { plannedCells } from './planned-cells';
import {
  loadCells,
  pauseExperiment,
  removeExperiment,
  restoreExperiment,
  resumeExperiments,
  runExperiment,
  stopExperiment,
  tryAgain,
} from './run-experiment';

// A model of which each picture is a request of its own, and another like it.
const [one] = catalogue.filter(({ wire }) => wire.countIsUpperBound);
const models = one ? [one, { ...one, id: 'other' }] : [];
const started: string[] = [];
const ended = new Set<(cell: Cell) => void>();
const spent = new Set<(id: string) => Promise<void>>();
const triedNow: string[] = [];
const carried = new Set<string>();

vi.mock('./catalogue', () => ({ catalogue: () => models, catalogueIsKnown: Promise.resolve() }));
// The engine has tests of its own; here a cell is under way until the test ends it.
vi.mock('./cell-runs', () => ({
  cellRuns: {
    start(id: string) {
      started.push(id);
      carried.add(id);
    },
    tryNow: (id: string) => triedNow.push(id),
    takeUp(cells: Cell[]) {
      putCells(cells);
      for (const { id } of cells) carried.add(id);
    },
    isCarried: (id: string) => carried.has(id),
    save: async (id: string) => history.saveRun(findCell(id) as Cell),
    stop: async (id: string) => end(id, { state: 'cancelled' }),
  },
  limitsOf: ({ request }: Cell) => ({ id: request.model, parallel: 2, rate: null }),
  onBudgetSpent: (listener: (id: string) => Promise<void>) => spent.add(listener),
  onCellEnd: (listener: (cell: Cell) => void) => ended.add(listener),
}));

const picture: Slot = { kind: 'picture', hash: 'h', byteLength: 1, header: undefined };

/** A new experiment with two models and so many pictures of each, in requests of one. */
async function add(repeats: number): Promise<string> {
  const rows = models.map(({ id }) => ({ id, model: id, options: {}, size: null }));
  const definition = { ...emptyDefinition, template: 'a fox', isText: true, models: rows, repeats };
  const experiment = createExperiment(randomId(), 1, { definition });
  await addExperiment(experiment);
  return experiment.id;
}

async function end(id: string, change: Partial<Cell> = { state: 'done', slots: [picture] }) {
  carried.delete(id);
  changeCell(id, (cell) => ({ ...cell, ...change }));
  const cell = findCell(id) as Cell;
  await history.saveRun(cell);
  for (const listener of ended) listener(cell);
}

const cellsOf = (experiment: string) =>
  [...cellsStore.getState().cells.values()].filter((cell) => cell.cell.experiment === experiment);
const underWay = (experiment: string) =>
  cellsOf(experiment).filter(({ state }) => state === 'queued');
const failed = { state: 'failed', trouble: failureOfNetwork('') } as const;

/** Ends all cells until the experiment has no more to start. */
async function endAll(experiment: string, change?: Partial<Cell>, state = 'done') {
  await vi.waitFor(async () => {
    for (const { id } of underWay(experiment)) await end(id, change);
    expect(findExperiment(experiment)?.state).toBe(state);
  }, 20_000);
  for (const { id } of underWay(experiment)) await end(id, change);
}

beforeEach(() => {
  started.length = 0;
});

describe('an experiment', () => {
  it('starts each of its cells once, and is done then', async () => {
    const id = await add(3);
    const running = runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(4));
    expect(findExperiment(id)?.state).toBe('running');
    await endAll(id);
    await running;
    const cells = cellsOf(id);
    expect(new Set(cells.map(({ request }) => request.model))).toEqual(
      new Set(models.map(({ id }) => id)),
    );
    expect(cells).toHaveLength(6);
    expect(new Set(started).size).toBe(started.length);
    await runExperiment(id);
    expect(cellsOf(id)).toHaveLength(cells.length);
  });

  it('goes on after a reload with what was not started yet', async () => {
    const id = await add(20);
    void runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(4));
    await loadExperiments();
    const again = resumeExperiments();
    await endAll(id);
    await again;
    expect(cellsOf(id)).toHaveLength(40);
    expect(new Set(started).size).toBe(started.length);
  });

  it('keeps the end of a cell that came while the stored ones were read', async () => {
    const id = await add(1);
    const running = runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(2));
    const [cell] = underWay(id);
    const reading = loadCells(id);
    const ending = end(cell?.id ?? '');
    await Promise.all([reading, ending]);
    expect(findCell(cell?.id ?? '')?.state).toBe('done');
    await endAll(id);
    await running;
  });

  it('takes up a cell that a tab left behind before it was sent, and hears of an end that was not told', async () => {
    const id = await add(1);
    const [first, second] = plannedCells(findExperiment(id) as Experiment, models);
    const claimed = [first, second].map((planned) => {
      const place = { experiment: id, key: planned?.key ?? '', attempt: 1 };
      const sends = planned?.sends as NonNullable<typeof planned>['sends'];
      return createCell({ id: cellId(place), cell: place, sends, now: 1 });
    });
    for (const cell of claimed) await history.saveRun(cell);
    const running = runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(2));
    const [left, ended] = claimed as [Cell, Cell];
    await history.saveRun({ ...ended, state: 'done', slots: [picture] });
    // It may be that the other tab is about to send it.
    await takeUpLeftBehind();
    expect(findCell(ended.id)?.state).toBe('done');
    expect(carried.has(left.id)).toBe(false);
    await takeUpLeftBehind();
    expect(carried.has(left.id)).toBe(true);
    expect(started).toEqual([]);
    await endAll(id);
    await running;
  });

  it('is paused where a day’s budget is used up, and goes on when somebody says so', async () => {
    const id = await add(20);
    void runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(4));
    const [waiting] = underWay(id);
    const trouble = { ...failureOfNetwork(''), kind: 'budget_spent' as const };
    changeCell(waiting?.id ?? '', (cell) => ({ ...cell, state: 'pausing', trouble }));
    for (const listener of spent) await listener(id);
    expect(findExperiment(id)).toMatchObject({ state: 'paused', pausedBecause: 'budget_spent' });
    const running = runExperiment(id);
    await vi.waitFor(() => expect(triedNow).toEqual([waiting?.id]));
    changeCell(waiting?.id ?? '', (cell) => ({ ...cell, state: 'queued', trouble: null }));
    await endAll(id);
    await running;
    expect(cellsOf(id)).toHaveLength(40);
  });

  it('tries again what failed, when it is told to, and lets go of the failure once it has something', async () => {
    const id = await add(1);
    const running = runExperiment(id);
    await endAll(id, failed);
    await running;
    expect(cellsOf(id).map(({ cell }) => cell.attempt)).toEqual([1, 1]);
    const [cell] = cellsOf(id);
    const again = tryAgain(id, [cell?.cell.key ?? '']);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(1));
    await endAll(id);
    await again;
    expect(
      cellsOf(id)
        .map(({ cell: { attempt }, state }) => `${attempt} ${state}`)
        .sort(),
    ).toEqual(['1 failed', '1 failed', '2 done']);
    await vi.waitFor(async () => expect(await cellHistory.ofExperiment(id)).toHaveLength(2));
  });

  it('starts a part of its cells alone, and the rest when it is told to', async () => {
    const id = await add(2);
    const experiment = findExperiment(id) as Experiment;
    const only = plannedCells(experiment, models).map(({ key }) => key);
    void runExperiment(id, only.slice(0, 1));
    await endAll(id, undefined, 'paused');
    expect(findExperiment(id)).toMatchObject({ pausedBecause: 'part_done', only: null });
    expect(cellsOf(id).map(({ cell }) => cell.key)).toEqual(only.slice(0, 1));
    void runExperiment(id);
    await endAll(id);
    expect(cellsOf(id)).toHaveLength(4);
  });

  it('sends nothing that was taken out of it while it waited', async () => {
    const id = await add(20);
    const running = runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(4));
    await changeExperiment(id, (experiment) => {
      const { definition } = experiment;
      const rows = definition.models.filter(({ model }) => model !== 'other');
      return { ...experiment, definition: { ...definition, models: rows } };
    });
    await endAll(id);
    await running;
    const others = cellsOf(id).filter(({ request }) => request.model === 'other');
    expect(others).toHaveLength(2);
    expect(cellsOf(id)).toHaveLength(22);
  });

  it('goes on with what is wanted again while its last cells are under way', async () => {
    const id = await add(3);
    const running = runExperiment(id);
    const of = (model?: string) => underWay(id).filter(({ request }) => request.model === model);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(4));
    const [first] = of(one?.id) as [Cell];
    await end(first.id, failed);
    await vi.waitFor(async () => {
      for (const cell of of('other')) await end(cell.id);
      expect(cellsOf(id)).toHaveLength(6);
      expect(underWay(id)).toHaveLength(2);
    });
    const claim = vi.spyOn(cellHistory, 'claim');
    const again = tryAgain(id, [first.cell.key]);
    // The two that are under way leave it no room.
    await vi.waitFor(() => expect(claim).toHaveBeenCalled());
    await Promise.all(underWay(id).map((cell) => end(cell.id)));
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(1));
    expect(findExperiment(id)?.state).toBe('running');
    await endAll(id);
    await Promise.all([running, again]);
    expect(cellsOf(id).filter(({ state }) => state === 'done')).toHaveLength(6);
  });

  it('starts nothing more once it is stopped, and stops what is under way', async () => {
    const id = await add(20);
    void runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(4));
    await stopExperiment(id);
    expect(findExperiment(id)).toMatchObject({ state: 'paused', pausedBecause: 'stopped' });
    expect(underWay(id)).toEqual([]);
    expect((await experimentHistory.load(id))?.state).toBe('paused');
    // Asked of a cell that has not failed.
    await tryAgain(id, []);
    expect(findExperiment(id)).toMatchObject({ state: 'paused', pausedBecause: 'stopped' });
  });

  it('pauses when a picture cannot be kept', async () => {
    const id = await add(20);
    void runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(4));
    storageStatusStore.setState({ problem: 'full' });
    expect(findExperiment(id)).toMatchObject({ state: 'paused', pausedBecause: 'not_kept' });
    storageStatusStore.setState({ problem: null });
    for (const cell of underWay(id)) await end(cell.id);
  });

  it('has a duplicate that nothing was sent of yet; words without signs become a template', async () => {
    const id = await add(2);
    const copy = findExperiment(await duplicateExperiment(findExperiment(id) as Experiment));
    expect(copy).toMatchObject({
      state: 'draft',
      definition: { template: 'a fox', isText: false },
    });
    expect(copy?.id).not.toBe(id);
    expect(experimentsStore.getState().openId).toBe(copy?.id);
    const json = { ...(copy as Experiment) };
    json.definition = { ...json.definition, template: '{"a": "b|c"}', isText: true };
    const text = findExperiment(await duplicateExperiment(json));
    expect(text?.definition.isText).toBe(true);
  });

  it('can be removed, which takes none of its pictures away, and comes back', async () => {
    const id = await add(1);
    const running = runExperiment(id);
    await endAll(id);
    await running;
    openExperiment(id);
    await removeExperiment(id);
    expect(findExperiment(id)).toBeUndefined();
    expect(await experimentHistory.load(id)).toBeUndefined();
    expect(await cellHistory.ofExperiment(id)).toHaveLength(2);
    await restoreExperiment();
    expect(await experimentHistory.load(id)).toMatchObject({ id, state: 'done' });
    expect(experimentsStore.getState()).toMatchObject({ openId: id, removed: null });
  });

  it('that is removed sends nothing that waited while it was paused, until it comes back', async () => {
    const id = await add(1);
    void runExperiment(id);
    await vi.waitFor(() => expect(underWay(id)).toHaveLength(2));
    const [waiting, sent] = underWay(id) as [Cell, Cell];
    const trouble = { ...failureOfNetwork(''), kind: 'queue_wait' as const };
    changeCell(waiting.id, (cell) => ({ ...cell, state: 'pausing', trouble }));
    changeCell(sent.id, (cell) => ({ ...cell, state: 'waiting' }));
    await pauseExperiment(id);
    await removeExperiment(id);
    expect(findCell(waiting.id)?.state).toBe('cancelled');
    expect(findCell(sent.id)?.state).toBe('waiting');
    await restoreExperiment();
    expect(findExperiment(id)?.state).toBe('paused');
    await end(sent.id);
    const running = runExperiment(id);
    await endAll(id);
    await running;
    expect(cellsOf(id).filter(({ state }) => state === 'done')).toHaveLength(2);
  });
});
