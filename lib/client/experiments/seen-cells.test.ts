import { expect, it } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import { emptyDefinition } from '../../core/experiments/experiment';
import { catalogue } from '../../core/models/catalogue';
import { cellsStore, changeCell, putCells } from './cells-store';
import { keyOf, planOf } from './planned-cells';
import { seenCells } from './seen-cells';

it('a combination that stands as before is the same, and another as soon as something of it has changed', () => {
  const [model] = catalogue;
  const id = model?.id ?? '';
  const models = [{ id, model: id, options: {}, size: null }];
  const definition = { ...emptyDefinition, template: '{a|b}', models };
  const plan = planOf({ id: 'e', definition }, catalogue);
  const [first] = plan.requests;
  if (!first) throw new Error('Nothing is planned.');
  const place = { experiment: 'e', key: keyOf(first), attempt: 1 };
  const look = (state: 'running' | 'paused') =>
    seenCells({ id: 'e', state, only: null }, plan, cellsStore.getState());
  putCells([createCell({ id: 'run', cell: place, sends: first.sends, now: 1 })]);
  const before = look('running');
  changeCell('run', (cell) => ({ ...cell, state: 'done' }));
  const after = look('running');
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
  expect(after[1]?.state.kind).toBe('queued');
  expect(look('paused')[1]?.state.kind).toBe('planned');
  // What it sends changes no plan, unless that is another number of pictures.
  expect(planOf({ id: 'e', definition }, catalogue)).toBe(plan);
  changeCell('run', (cell) => ({ ...cell, request: { ...cell.request, n: 4 } }));
  expect(planOf({ id: 'e', definition }, catalogue)).not.toBe(plan);
});
