import { expect, it } from 'vitest';
import { createCell } from '../../core/experiments/cell';
import { emptyDefinition } from '../../core/experiments/experiment';
import { catalogue } from '../../core/models/catalogue';
import type { Slot } from '../../core/runs/run-entry';
import { cellsStore, changeCell, putCells } from './cells-store';
import { keyOf, planOf } from './planned-cells';
import { keysToRetry, seenCells } from './seen-cells';

const [model] = catalogue;
const id = model?.id ?? '';
const models = [{ id, model: id, options: {}, size: null }];

it('a combination that stands as before is the same, and another as soon as something of it has changed', () => {
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

const picture = { kind: 'picture', hash: 'h', byteLength: 1, header: undefined } as const;

it.each<[came: string, slots: Slot[], state: string, isRetried: boolean]>([
  ['nothing', [{ kind: 'missing' }], 'failed', true],
  ['a refusal of its picture', [{ kind: 'error', message: 'No.', code: null }], 'failed', true],
  ['a damaged picture', [{ kind: 'invalid', reason: 'base64' }], 'failed', true],
  ['an address', [{ kind: 'link', url: 'https://p.test/a' }], 'links', false],
  ['a picture that was removed', [{ kind: 'removed', picture, at: 1 }], 'removed', false],
])('a combination of which came %s', (came, slots, state, isRetried) => {
  const definition = { ...emptyDefinition, template: 'a tin', models };
  const plan = planOf({ id: came, definition }, catalogue);
  const [first] = plan.requests;
  if (!first) throw new Error('Nothing is planned.');
  const cell = { experiment: came, key: keyOf(first), attempt: 1 };
  putCells([
    { ...createCell({ id: came, cell, sends: first.sends, now: 1 }), state: 'done', slots },
  ]);
  const [seen] = seenCells({ id: came, state: 'done', only: null }, plan, cellsStore.getState());
  expect(seen?.state.kind).toBe(state);
  // What is offered to be tried again is tried again.
  expect(keysToRetry(came, plan.cells)).toEqual(isRetried ? [cell.key] : []);
});
