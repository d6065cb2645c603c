import { beforeEach, expect, it } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { createCell } from '../../core/experiments/cell';
import { createEntry } from '../../core/runs/run-entry';
import { putCells } from '../experiments/cells-store';
import { putRuns, runsStore } from './runs-store';
import { noteLeft, noteSharing, picturesElsewhere, sharingStore } from './sharing-store';

const request = { model: 'm', prompt: 'a fox', n: 4 };
const ticket = (key: string) => ({ key, model: 'm', place: 1, at: 1, heldUntil: null });

beforeEach(() => runsStore.setState({ runs: [] }));

it('counts the answers and cells that wait in line as well, and runs of the image pages not twice', () => {
  putRuns([createEntry({ id: 'run', request, form: emptyImageForm, now: 1, expectedMs: null })]);
  const sends = { endpoint: 'generations' as const, request };
  const place = { experiment: 'e', key: 'k', attempt: 1 };
  putCells([createCell({ id: 'cell', cell: place, sends, now: 1 })]);
  const tickets = [ticket('run'), ticket('cell'), ticket('answer')];
  expect(picturesElsewhere({ models: [], tickets })).toBe(4 + 1);
  expect(picturesElsewhere(undefined)).toBe(0);

  noteSharing({ serverTime: 1, queue: { models: [], tickets } });
  noteLeft('cell');
  expect(picturesElsewhere(sharingStore.getState().queue)).toBe(1);
});
