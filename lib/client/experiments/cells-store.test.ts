import { beforeEach, describe, expect, it } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import type { Cell } from '../../core/runs/run-entry';
import {
  cellsStore,
  changeCell,
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
  dropCells(() => true);
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
