import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import type { Cell } from '../../core/runs/run-entry';
import {
  cellsStore,
  changeCell,
  drawnCells,
  dropCells,
  findCell,
  lastAttempt,
  putCells,
  shownCell,
} from './cells-store';

const attemptAt = (attempt: number, change: Partial<Cell> = {}): Cell => ({
  ...createCell({
    id: `id${attempt}`,
    cell: { experiment: 'e', key: 'k', attempt },
    sends: { endpoint: 'generations', request: { model: 'm', prompt: 'p' } },
    now: 0,
  }),
  ...change,
});
const slots: Cell['slots'] = [{ kind: 'picture', hash: 'h', byteLength: 1, header: undefined }];
const last = () => lastAttempt(cellsStore.getState(), 'e', 'k')?.id;
const shown = () => shownCell(cellsStore.getState(), 'e', 'k')?.id;

beforeEach(() => {
  vi.useFakeTimers();
  dropCells(() => true);
  vi.runAllTimers();
});

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

describe('the cells of a tab', () => {
  it('are found by their place, whatever the order in which they come', () => {
    expect(last()).toBeUndefined();
    putCells([attemptAt(2)]);
    putCells([attemptAt(1), attemptAt(3)]);
    expect(last()).toBe('id3');
    expect(lastAttempt(cellsStore.getState(), 'other', 'k')).toBeUndefined();
  });

  it('show the last attempt; if that has failed, the one before that has a picture', () => {
    putCells([attemptAt(1, { state: 'done', slots }), attemptAt(2)]);
    expect(shown()).toBe('id2');
    changeCell('id2', (cell) => ({ ...cell, state: 'failed' }));
    expect(shown()).toBe('id1');
    dropCells(({ id }) => id === 'id1');
    expect(shown()).toBe('id2');
    expect(findCell('id1')).toBeUndefined();
  });
});

describe('what pages draw', () => {
  it('is the first change at once, and those that come fast together', () => {
    const tries = () => drawnCells.getState().cells.get('id1')?.tries;
    const draws = vi.fn();
    const stop = drawnCells.subscribe(draws);
    putCells([attemptAt(1, { tries: 0 })]);
    expect(tries()).toBe(0);
    for (const next of [1, 2, 3]) changeCell('id1', (cell) => ({ ...cell, tries: next }));
    expect(tries()).toBe(0);
    vi.runAllTimers();
    expect(tries()).toBe(3);
    expect(draws).toHaveBeenCalledTimes(2);
    changeCell('id1', (cell) => ({ ...cell, tries: 4 }));
    expect(tries()).toBe(4);
    stop();
  });
});
