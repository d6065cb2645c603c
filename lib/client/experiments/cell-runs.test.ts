import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import { failureOfNetwork } from '../../core/runs/run-failure';
import { history } from '../storage/history';
import { cellRuns } from './cell-runs';
import { findCell, putCells } from './cells-store';

it('a cell that is refused after its experiment was removed ends, and is never sent again', async () => {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => new Response());
  vi.stubGlobal('fetch', fetched);
  const cell = { experiment: 'removed', key: 'k', attempt: 1 };
  const sends = { endpoint: 'generations', request: { model: 'm', prompt: 'a fox' } } as const;
  const refused = {
    ...createCell({ id: 'a', cell, sends, now: 1 }),
    state: 'pausing' as const,
    trouble: { ...failureOfNetwork(''), kind: 'rate_limit' as const, status: 429 },
    nextTry: { key: 'b', at: 2 },
  };
  putCells([refused]);
  await history.saveRun(refused);
  await cellRuns.resume('a');
  expect(findCell('a')?.state).toBe('cancelled');
  expect(fetched.mock.calls.filter(([, init]) => init?.method === 'POST')).toEqual([]);
});
