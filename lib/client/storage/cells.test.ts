import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import { createExperiment, type ExperimentState } from '../../core/experiments/experiment';
import type { Cell, Slot } from '../../core/runs/run-entry';
import { failureOfTicket } from '../../core/runs/run-failure';
import { createCellHistory } from './cells';
import { createConnection } from './database';
import { createHistory } from './history';
import { createStoredPictures } from './stored-pictures';
import { createTrash } from './trash';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const limits = { id: 'm', parallel: 2, rate: null };
const picture: Slot = { kind: 'picture', hash: 'hash', byteLength: 3, header: undefined };

/** What a page has after it was opened. */
function openedPage() {
  const connection = createConnection();
  return {
    connection,
    cells: createCellHistory(connection),
    history: createHistory(connection),
    pictures: createStoredPictures(connection),
    trash: createTrash(connection),
    async experiment(state: ExperimentState, id = 'e') {
      await (await connection()).put('experiments', { ...createExperiment(id, 1), state });
    },
  };
}

function cellAt(key: string, attempt = 1, model = 'm'): Cell {
  const sends = { endpoint: 'generations' as const, request: { model, prompt: key, n: 1 } };
  const cell = { experiment: 'e', key, attempt };
  return createCell({ id: `${key}${attempt}`, cell, sends, now: 5 });
}

describe('a cell', () => {
  it('is started by one of two tabs that both want to', async () => {
    const page = openedPage();
    await page.experiment('running');
    const other = openedPage();
    const claims = await Promise.all(
      [page, other, page, other].map(({ cells }) => cells.claim(cellAt('a'), limits, 10)),
    );
    expect(claims.map(({ kind }) => kind).sort()).toEqual(['claimed', 'taken', 'taken', 'taken']);
    expect(await other.cells.ofExperiment('e')).toEqual([cellAt('a')]);
    expect((await other.cells.inFlight()).map(({ id }) => id)).toEqual(['a1']);
    // It is no run of Generate.
    expect(await page.history.runIds('generations')).toEqual([]);
    expect(await page.history.prompts(9)).toEqual([]);
    expect(await page.history.knows(['a1'])).toBe(true);
  });

  it('is looked for at the start of a page, as is an experiment that runs', async () => {
    const { experiment, cells, history } = openedPage();
    expect(await history.hasExperimentsUnderWay()).toBe(false);
    await experiment('running');
    expect(await history.hasExperimentsUnderWay()).toBe(true);
    await cells.claim(cellAt('a'), limits, 10);
    await experiment('paused');
    expect(await history.hasExperimentsUnderWay()).toBe(true);
    await history.saveRun({ ...cellAt('a'), state: 'done' });
    expect(await history.hasExperimentsUnderWay()).toBe(false);
  });

  it('is not started while its experiment does not run', async () => {
    const page = openedPage();
    expect(await page.cells.claim(cellAt('a'), limits, 10)).toEqual({ kind: 'stopped' });
    await page.experiment('paused');
    expect(await page.cells.claim(cellAt('a'), limits, 10)).toEqual({ kind: 'stopped' });
    expect(await page.cells.ofExperiment('e')).toEqual([]);
  });

  it('waits for its model’s lane, and for no other', async () => {
    const page = openedPage();
    await page.experiment('running');
    for (const key of ['a', 'b']) await page.cells.claim(cellAt(key), limits, 10);
    expect(await page.cells.claim(cellAt('c'), limits, 10)).toEqual({ kind: 'busy', at: null });
    const others = { ...limits, id: 'other' };
    expect(await page.cells.claim(cellAt('d', 1, 'other'), others, 10)).toEqual({
      kind: 'claimed',
    });
    await page.history.saveRun({ ...cellAt('a'), state: 'done' });
    expect(await page.cells.claim(cellAt('c'), limits, 10)).toEqual({ kind: 'claimed' });
  });

  it('waits as long as a 429 says, whoever got it; one that waits leaves its place', async () => {
    const page = openedPage();
    await page.experiment('running');
    await page.cells.claim(cellAt('a'), limits, 10);
    await page.cells.noteRefusal('m', { now: 1000, retryAfterSeconds: 700, parallel: 2 });
    await page.history.saveRun({ ...cellAt('a'), state: 'pausing' });
    expect(await page.cells.claim(cellAt('b'), limits, 2000)).toEqual({
      kind: 'busy',
      at: 701_000,
    });
    expect(await page.cells.claim(cellAt('b'), limits, 701_000)).toEqual({ kind: 'claimed' });
    // One at once after a refusal, so the first waits for the other.
    expect(await page.cells.admitAgain(cellAt('a'), limits, 701_000)).toEqual({
      kind: 'busy',
      at: null,
    });
    await page.history.saveRun({ ...cellAt('b'), state: 'done' });
    expect(await page.cells.admitAgain(cellAt('a'), limits, 701_000)).toEqual({ kind: 'claimed' });
    // Also when no cell is left to be started; but not while the experiment is paused.
    await page.experiment('done');
    expect(await page.cells.admitAgain(cellAt('a'), limits, 701_000)).toEqual({ kind: 'claimed' });
    await page.experiment('paused');
    expect(await page.cells.admitAgain(cellAt('a'), limits, 701_000)).toEqual({ kind: 'stopped' });
    await (await page.connection()).delete('experiments', 'e');
    expect(await page.cells.admitAgain(cellAt('a'), limits, 701_000)).toEqual({ kind: 'gone' });
  });

  it('has no more in line than its lane has room for, and lets in whose turn has come', async () => {
    const page = openedPage();
    await page.experiment('running');
    const inLine = { ...cellAt('a'), state: 'pausing' as const, trouble: failureOfTicket() };
    for (const key of ['a', 'b']) {
      expect(await page.cells.claim(cellAt(key), limits, 10)).toEqual({ kind: 'claimed' });
      await page.history.saveRun({
        ...inLine,
        ...cellAt(key),
        state: 'pausing',
        trouble: inLine.trouble,
      });
    }
    expect(await page.cells.claim(cellAt('c'), limits, 10)).toEqual({ kind: 'busy', at: null });
    // A 429 since then lets one run at once; both are in the lane already.
    await page.cells.noteRefusal('m', { now: 20, retryAfterSeconds: 700, parallel: 2 });
    expect(await page.cells.admitAgain(inLine, limits, 30)).toEqual({ kind: 'claimed' });
    await page.experiment('paused');
    expect(await page.cells.admitAgain(inLine, limits, 30)).toEqual({ kind: 'stopped' });
  });

  it('is not held up by what waits in line for an experiment that is paused', async () => {
    const page = openedPage();
    await page.experiment('running');
    const inLine = { state: 'pausing' as const, trouble: failureOfTicket() };
    for (const key of ['a', 'b']) {
      await page.cells.claim(cellAt(key), limits, 10);
      await page.history.saveRun({ ...cellAt(key), ...inLine });
    }
    await page.experiment('running', 'other');
    const other = { ...cellAt('c'), cell: { experiment: 'other', key: 'c', attempt: 1 } };
    expect(await page.cells.claim(other, limits, 20)).toEqual({ kind: 'busy', at: null });
    await page.experiment('paused');
    expect(await page.cells.claim(other, limits, 20)).toEqual({ kind: 'claimed' });
    // What was sent before the pause is under way all the same.
    await page.history.saveRun({ ...cellAt('a'), state: 'waiting' });
    const next = { ...cellAt('d'), cell: { experiment: 'other', key: 'd', attempt: 1 } };
    expect(await page.cells.claim(next, limits, 20)).toEqual({ kind: 'busy', at: null });
  });

  it('counts what single pictures have taken of the rate', async () => {
    const page = openedPage();
    await page.experiment('running');
    const rated = { ...limits, rate: { requests: 2, seconds: 60 } };
    await page.cells.noteStart('m', 1000);
    expect(await page.cells.claim(cellAt('a'), rated, 2000)).toEqual({ kind: 'busy', at: 61_000 });
  });

  it('is tried again after it failed, and stays as it was until then', async () => {
    const page = openedPage();
    await page.experiment('running');
    await page.cells.claim(cellAt('a'), limits, 10);
    await page.history.saveRun({ ...cellAt('a'), state: 'failed' });
    expect(await page.cells.claim(cellAt('a'), limits, 10)).toEqual({ kind: 'taken' });
    expect(await page.cells.claim(cellAt('a', 2), limits, 10)).toEqual({ kind: 'claimed' });
    expect((await page.cells.ofExperiment('e')).map(({ id }) => id)).toEqual(['a1', 'a2']);
    // So is one that ended well without anything; one with a picture is not.
    await page.history.saveRun({ ...cellAt('a', 2), state: 'done', slots: [{ kind: 'missing' }] });
    expect(await page.cells.claim(cellAt('a', 3), limits, 10)).toEqual({ kind: 'claimed' });
    await page.history.saveRun({ ...cellAt('a', 3), state: 'done', slots: [picture] });
    expect(await page.cells.claim(cellAt('a', 4), limits, 10)).toEqual({ kind: 'taken' });
  });

  it('is removed and restored like every run, and not made again meanwhile', async () => {
    const page = openedPage();
    await page.experiment('running');
    await page.cells.claim(cellAt('a'), limits, 10);
    await page.pictures.savePicture('hash', new Blob(['abc']), 'made');
    await page.history.saveRun({ ...cellAt('a'), state: 'done', slots: [picture] });
    await page.trash.remove([{ run: 'a1', index: null }], 20);
    expect(await page.cells.ofExperiment('e')).toEqual([]);
    expect(await page.cells.claim(cellAt('a'), limits, 30)).toEqual({ kind: 'taken' });
    await page.trash.restore([{ run: 'a1', index: null }]);
    expect(await page.cells.load('a1')).toMatchObject({ state: 'done', cell: { key: 'a' } });
    await page.trash.remove([{ run: 'a1', index: 0 }], 20);
    await page.trash.purge(50);
    expect(await page.cells.load('a1')).toBeUndefined();
    expect(await page.pictures.loadPicture('hash')).toBeUndefined();
  });

  it('keeps its picture when a run with the same picture goes', async () => {
    const page = openedPage();
    await page.experiment('running');
    await page.cells.claim(cellAt('a'), limits, 10);
    await page.pictures.savePicture('hash', new Blob(['abc']), 'made');
    await page.history.saveRun({ ...cellAt('a'), state: 'done', slots: [picture] });
    const { cell: _cell, ...run } = cellAt('run');
    await page.history.saveRun({ ...run, state: 'done', slots: [picture] });
    await page.trash.remove([{ run: 'run1', index: null }], 20);
    await page.trash.purge(50);
    expect(await page.pictures.loadPicture('hash')).toBeDefined();
  });
});
