import { describe, expect, it } from 'vitest';
import { modelUnknown } from '../endpoints/options';
import { catalogue } from '../models/catalogue';
import type { Cell, Slot } from '../runs/run-entry';
import { failureOfNetwork, failureOfTicket, type RunFailure } from '../runs/run-failure';
import { createCell } from './cell';
import { canBeLeftOut, failuresOf, progressOf, seenCell } from './cell-state';
import { emptyDefinition } from './experiment';
import { type Grid, gridOf, usualLayout, withAxisAt } from './grid';
import { type PlanCell, planExperiment } from './plan';

const models = ['turing/gpt-image-2', 'doubao-seedream-4-5-251128', 'turing/gemini-3-pro-image'];
const definition = {
  ...emptyDefinition,
  template: '{palette: celadon|persimmon} {thing: tin|box}',
  models: models.map((model) => ({ id: model, model, options: {}, size: null })),
};
const plan = planExperiment(definition, catalogue);
const labels = (grid: Grid, side: 'rowLabels' | 'columnLabels') =>
  grid[side].map((level) =>
    level.map(({ axis, value, count }) => `${axis.values[value]?.label} ${count}`),
  );

describe('the grid', () => {
  it('has models down the side and all that differs across the top, with nested labels', () => {
    const grid = gridOf(plan, usualLayout(plan.axes));
    expect([grid.rows, grid.columns]).toEqual([3, 4]);
    expect(labels(grid, 'columnLabels')).toEqual([
      ['celadon 2', 'persimmon 2'],
      ['tin 1', 'box 1', 'tin 1', 'box 1'],
    ]);
    expect(labels(grid, 'rowLabels')).toEqual([models.map((model) => `${model} 1`)]);
    expect(grid.cells.map((row) => row.map((cell) => cell?.prompt))).toEqual(
      Array(3).fill(['celadon tin', 'celadon box', 'persimmon tin', 'persimmon box']),
    );
  });

  it('has any axis on either side, or one value of it', () => {
    const [palette = '', thing = ''] = plan.axes.map(({ id }) => id);
    const moved = withAxisAt(withAxisAt(usualLayout(plan.axes), palette, 'rows'), thing, {
      value: plan.axes[1]?.values[1]?.id ?? '',
    });
    const grid = gridOf(plan, moved);
    expect(labels(grid, 'rowLabels')[1]).toEqual(
      Array(3).fill(['celadon 1', 'persimmon 1']).flat(),
    );
    expect(grid.cells.map((row) => row.map((cell) => cell?.prompt))).toEqual(
      Array(3)
        .fill([['celadon box'], ['persimmon box']])
        .flat(),
    );
    const back = withAxisAt(withAxisAt(moved, palette, 'columns'), thing, 'columns');
    expect(gridOf(plan, back)).toEqual(gridOf(plan, usualLayout(plan.axes)));
  });

  it('of a sample has no rows that nothing is in, and gaps where a combination is missing', () => {
    const sampled = planExperiment({ ...definition, sample: { count: 2, seed: 1 } }, catalogue);
    const [palette = ''] = sampled.axes.map(({ id }) => id);
    const grid = gridOf(sampled, withAxisAt(usualLayout(sampled.axes), palette, 'rows'));
    expect(grid.cells.flat().filter(Boolean)).toHaveLength(6);
    expect(grid.cells.flat()).toHaveLength(grid.rows * grid.columns);
    expect(gridOf({ axes: [], cells: [] }, usualLayout([])).cells).toEqual([]);
  });
});

describe('a cell of the grid', () => {
  const [planned] = plan.cells as [PlanCell];
  const [request] = planned.requests;
  if (!request) throw new Error('nothing is sent');
  const picture: Slot = { kind: 'picture', hash: 'h', byteLength: 1, header: undefined };
  const run = (change: Partial<Cell>): Cell => ({
    ...createCell({
      id: 'id',
      cell: { experiment: 'e', key: 'k', attempt: 1 },
      sends: request.sends,
      now: 5,
    }),
    ...change,
  });
  const inLine: Partial<Cell> = {
    state: 'pausing',
    trouble: failureOfTicket(),
    nextTry: { key: 'n', at: 9 },
  };
  const stateOf = (runs: (Cell | undefined)[], isStarted = true, of = planned) =>
    seenCell(of, runs, isStarted).state;

  it.each([
    ['planned', [undefined], false, { kind: 'planned' }],
    ['queued', [undefined], true, { kind: 'queued' }],
    ['sent', [run({ state: 'waiting', startedAt: 7 })], true, { kind: 'running', since: 7 }],
    [
      'arriving',
      [run({ state: 'answering', slots: [{ kind: 'arriving', bytes: 9 }] })],
      true,
      { kind: 'arriving', bytes: 9 },
    ],
    [
      'held up by a rate',
      [run({ state: 'pausing', nextTry: { key: 'n', at: 9 } })],
      true,
      { kind: 'rate', at: 9 },
    ],
    ['in line', [run(inLine)], true, { kind: 'turn', at: 9 }],
    ['in line, and paused: it has given its place away', [run(inLine)], false, { kind: 'planned' }],
    ['done', [run({ state: 'done', slots: [picture] })], true, { kind: 'pictures' }],
    [
      'done with an address in place of its picture',
      [run({ state: 'done', slots: [{ kind: 'link', url: 'https://p.test/a' }] })],
      false,
      { kind: 'links', urls: ['https://p.test/a'] },
    ],
    [
      'done in part',
      [run({ state: 'done', slots: [picture] }), undefined],
      true,
      { kind: 'queued' },
    ],
    [
      'done in part, and paused',
      [run({ state: 'done', slots: [picture] }), undefined],
      false,
      { kind: 'pictures' },
    ],
    [
      'failed',
      [run({ state: 'failed', trouble: failureOfNetwork('') })],
      true,
      { kind: 'failed', trouble: failureOfNetwork('') },
    ],
    [
      'stopped',
      [run({ state: 'cancelled', slots: [{ kind: 'missing' }] })],
      false,
      { kind: 'stopped', mayBeCharged: false },
    ],
    [
      'stopped after it was sent',
      [run({ state: 'cancelled', durationMs: 900, slots: [{ kind: 'missing' }] })],
      false,
      { kind: 'stopped', mayBeCharged: true },
    ],
  ] as const)('that is %s', (_, runs, isStarted, expected) => {
    expect(stateOf([...runs], isStarted)).toEqual(expected);
  });

  it('that has given its place away is sent by the next run, so that it can’t be left out', () => {
    const held = seenCell(planned, [run(inLine)], false);
    expect(canBeLeftOut(held)).toBe(false);
    expect(canBeLeftOut(seenCell(planned, [undefined], false))).toBe(true);
    expect(progressOf([held])).toMatchObject({ all: 1, ended: 0, inLine: 0, nextTurnAt: null });
    const done = run({ state: 'done', slots: [picture] });
    expect(stateOf([done, run(inLine)], false).kind).toBe('pictures');
  });

  it('that is left out, or impossible, is not waited for', () => {
    const none = { ...planned, requests: [] };
    expect(stateOf([undefined], true, { ...planned, isLeftOut: true }).kind).toBe('left_out');
    const problem = {
      code: 'invalid_value',
      param: null,
      reason: 'prompt_empty',
      values: {},
    } as const;
    expect(stateOf([], true, { ...none, problems: [problem] }).kind).toBe('impossible');
  });

  it('is no failure where its picture was removed', () => {
    const slot = { kind: 'removed', picture, at: 1 } as const;
    const removed = seenCell(planned, [run({ state: 'done', slots: [slot] })], false);
    expect(removed.state.kind).toBe('removed');
    expect(progressOf([removed])).toMatchObject({ all: 1, ended: 1, failed: 0 });
  });

  it('has ended where an address came in place of its picture, and has not failed', () => {
    const slots: Slot[] = [{ kind: 'link', url: 'https://p.test/a' }];
    const linked = seenCell(planned, [run({ state: 'done', slots })], false);
    expect(progressOf([linked])).toMatchObject({ all: 1, ended: 1, failed: 0 });
    expect(failuresOf([linked]).charged).toEqual([]);
  });

  it('has the pictures of all its requests, and counts in the progress', () => {
    const done = run({ state: 'done', slots: [picture, picture] });
    const waits = run({ state: 'pausing', nextTry: { key: 'n', at: 9 } });
    const both = seenCell(planned, [done, waits], true);
    expect(both.pictures.map(({ index }) => index)).toEqual([0, 1]);
    const words = run({ state: 'done', slots: [], turn: { model: 'g' } });
    const seen = [
      both,
      seenCell(planned, [done], true),
      seenCell(planned, [words], true),
      seenCell(planned, [undefined], true),
      seenCell({ ...planned, isLeftOut: true }, [undefined], true),
      seenCell(planned, [run({ state: 'cancelled' })], true),
      seenCell(planned, [run(inLine)], true),
    ];
    expect(progressOf(seen)).toEqual({
      all: 6,
      ended: 3,
      running: 0,
      waiting: 1,
      waitsUntil: 9,
      inLine: 1,
      nextTurnAt: 9,
      failed: 1,
      stopped: 1,
      onlyWords: 0,
      queued: 1,
    });
  });

  it('that can be sent no more shows what was made, and is not tried again', () => {
    const problem = modelUnknown('gone', []);
    const gone = { ...planned, problems: [problem] };
    const stateOf = (one: Cell) => seenCell(gone, [one], true).state.kind;
    expect(stateOf(run({ state: 'done', slots: [picture] }))).toBe('pictures');
    expect(stateOf(run({ state: 'failed' }))).toBe('impossible');
    expect(stateOf(run({ state: 'cancelled' }))).toBe('impossible');
    expect(failuresOf([seenCell(gone, [run({ state: 'failed' })], true)]).charged).toEqual([]);
  });

  it('that failed is told apart by what a retry may cost', () => {
    const failed = (kind: RunFailure['kind'], mayBeCharged: boolean) => {
      const trouble = { ...failureOfNetwork(''), kind, mayBeCharged };
      return seenCell(planned, [run({ state: 'failed', trouble })], false);
    };
    const seen = [
      failed('network', false),
      failed('lost', true),
      failed('prompt_refused', false),
      seenCell(planned, [run({ state: 'cancelled' })], false),
      seenCell(planned, [run({ state: 'done', slots: [picture] })], false),
      seenCell(planned, [run({ state: 'cancelled', durationMs: 900 })], false),
    ];
    expect(failuresOf(seen)).toEqual({
      plain: [0],
      charged: [1],
      refused: [2],
      stopped: [3],
      stoppedUnderWay: [5],
    });
  });
});
