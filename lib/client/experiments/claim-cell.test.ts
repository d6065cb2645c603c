import { expect, it, vi } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import { createExperiment } from '../../core/experiments/experiment';
import type { Cell } from '../../core/runs/run-entry';
import { failureOfTicket } from '../../core/runs/run-failure';
import { cellHistory } from '../storage/cells';
import { putCells } from './cells-store';
import { claimCell } from './claim-cell';
import { putExperiments } from './experiments-store';

it('where nothing can be stored, what waits in line for a paused experiment holds no other up', async () => {
  vi.spyOn(cellHistory, 'claim').mockRejectedValue(new DOMException('', 'SecurityError'));
  const limits = { id: 'm', parallel: 1, rate: null };
  const claim = (cell: Cell) => claimCell(cell, limits, { now: 10, onFull: () => {} });
  const set = (id: string, state: 'running' | 'paused') =>
    putExperiments([{ ...createExperiment(id, 1), state }]);
  set('first', 'running');
  set('second', 'running');
  const waiting: Cell = {
    ...cellOf('first', 'a'),
    state: 'pausing',
    trouble: failureOfTicket(),
  };
  putCells([waiting]);
  expect(await claim(cellOf('second', 'b'))).toEqual({ kind: 'busy', at: null });
  set('first', 'paused');
  expect(await claim(cellOf('second', 'b'))).toEqual({ kind: 'claimed' });
});

function cellOf(experiment: string, key: string): Cell {
  const sends = { endpoint: 'generations' as const, request: { model: 'm', prompt: key, n: 1 } };
  return createCell({ id: key, cell: { experiment, key, attempt: 1 }, sends, now: 5 });
}
