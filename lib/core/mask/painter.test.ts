import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePoint } from './operations';
import {
  createPainter,
  type PainterEvent,
  type PainterState,
  pendingOperation,
  reducePainter,
} from './painter';

const picture = { width: 400, height: 300 };

function painterAfter(...events: PainterEvent[]): PainterState {
  return events.reduce(reducePainter, createPainter(picture));
}

const down = (x: number, y: number, more: object = {}): PainterEvent => ({
  type: 'pointer-down',
  point: imagePoint(x, y),
  ...more,
});
const move = (...places: [number, number, number?][]): PainterEvent => ({
  type: 'pointer-move',
  samples: places.map(([x, y, pressure]) => ({
    point: imagePoint(x, y),
    ...(pressure !== undefined && { pressure }),
  })),
});
const up: PainterEvent = { type: 'pointer-up' };
const tool = (name: PainterState['tool']): PainterEvent => ({ type: 'choose-tool', tool: name });
const size = (brushSize: number): PainterEvent => ({ type: 'set-tools', settings: { brushSize } });

/** The places of the newest operation, with their radii if it is a stroke. */
function placesOf({ operations }: PainterState): number[][] {
  const last = operations.at(-1);
  if (last?.kind === 'stroke') return last.points.map(({ x, y, radius }) => [x, y, radius]);
  if (last?.kind === 'lasso') return last.points.map(({ x, y }) => [x, y]);
  throw new Error('The last operation has no points.');
}

describe('a painter', () => {
  it('makes one operation of a gesture, with every place of it', () => {
    const state = painterAfter(
      size(20),
      down(10, 10),
      move([20, 12], [30, 15]),
      move([40, 30]),
      up,
    );
    expect(state.operations).toHaveLength(1);
    expect(placesOf(state)).toEqual([
      [10, 10, 10],
      [20, 12, 10],
      [30, 15, 10],
      [40, 30, 10],
    ]);
    expect(state.gesture).toBeNull();
  });

  it('keeps nothing of a gesture that is cancelled, or that touches no pixel', () => {
    expect(
      painterAfter(down(10, 10), move([50, 50]), { type: 'pointer-cancel' }).operations,
    ).toEqual([]);
    expect(painterAfter(size(20), down(-40, 10), move([-30, 200]), up).operations).toEqual([]);
    expect(painterAfter(tool('rectangle'), down(10, 10), move([10.2, 80]), up).operations).toEqual(
      [],
    );
    expect(painterAfter(tool('lasso'), down(10, 10), move([40, 40]), up).operations).toEqual([]);
    expect(painterAfter(up, move([1, 1])).operations).toEqual([]);
  });

  it('keeps a stroke that begins outside the picture', () => {
    expect(painterAfter(size(20), down(-40, 10), move([60, 10]), up).operations).toHaveLength(1);
  });

  it('erases with the eraser, with a pen’s other end, and after a swap', () => {
    const modes = (...events: PainterEvent[]) =>
      painterAfter(...events, up).operations.map((operation) =>
        operation.kind === 'stroke' ? operation.style.mode : '',
      );
    expect(modes(tool('erase'), down(5, 5))).toEqual(['erase']);
    expect(modes(down(5, 5, { isEraser: true }))).toEqual(['erase']);
    expect(modes({ type: 'swap' }, down(5, 5), up, { type: 'swap' }, down(5, 5))).toEqual([
      'erase',
      'add',
    ]);
  });

  it('paints thinner where a pen is pressed less, unless told not to', () => {
    const events = [size(100), down(5, 5, { pressure: 0.5 }), move([20, 5, 1], [30, 5, 0.2]), up];
    expect(placesOf(painterAfter(...events)).map(([, , radius]) => radius)).toEqual([25, 50, 10]);
    const flat: PainterEvent = { type: 'set-tools', settings: { usesPressure: false } };
    expect(placesOf(painterAfter(flat, ...events)).map(([, , radius]) => radius)).toEqual([
      50, 50, 50,
    ]);
  });

  it('draws straight from the end of the last stroke that counts', () => {
    const straight = down(200, 100, { isStraight: true });
    const first = [size(10), down(10, 10), move([50, 60]), up];
    expect(placesOf(painterAfter(...first, straight, up))).toEqual([
      [50, 60, 5],
      [200, 100, 5],
    ]);
    const undone = painterAfter(...first, down(90, 90), up, { type: 'undo' }, straight, up);
    expect(placesOf(undone)[0]).toEqual([50, 60, 5]);
    expect(placesOf(painterAfter(size(10), straight, up))).toEqual([[200, 100, 5]]);
  });

  it('makes a rectangle of whole pixels within the picture, or a square', () => {
    const drag = [tool('rectangle'), down(10.4, 20.6)];
    expect(painterAfter(...drag, move([-30, 90.2]), up).operations).toEqual([
      { kind: 'rectangle', mode: 'add', area: { left: 0, top: 21, width: 10, height: 69 } },
    ]);
    const square: PainterEvent = {
      type: 'pointer-move',
      samples: [{ point: imagePoint(50.4, 100.6) }],
      isSquare: true,
    };
    expect(painterAfter(...drag, square, up).operations).toEqual([
      { kind: 'rectangle', mode: 'add', area: { left: 10, top: 21, width: 80, height: 80 } },
    ]);
  });

  it('takes away with rectangle and lasso after a swap', () => {
    const lasso = [tool('lasso'), down(10, 10), move([50, 10], [50, 50]), up];
    const state = painterAfter(tool('lasso'), { type: 'swap' }, ...lasso);
    expect(state.operations).toEqual([expect.objectContaining({ kind: 'lasso', mode: 'erase' })]);
    expect(placesOf(state)).toHaveLength(3);
  });

  it('goes back to nothing and forward again; what comes after a step back replaces it', () => {
    const dots = [down(10, 10), up, down(20, 20), up, down(30, 30), up];
    const undo: PainterEvent = { type: 'undo' };
    const redo: PainterEvent = { type: 'redo' };
    const back = painterAfter(...dots, undo, undo, undo, undo);
    expect(back.position).toBe(0);
    expect([redo, redo, redo, redo].reduce(reducePainter, back).position).toBe(3);
    const branched = painterAfter(...dots, undo, undo, down(90, 90), up);
    expect(branched.operations).toHaveLength(2);
    expect(placesOf(branched)).toEqual([[90, 90, 50]]);
    expect(reducePainter(branched, redo).position).toBe(2);
  });

  it('undoes a gesture under way without touching what was done before', () => {
    const state = painterAfter(
      down(10, 10),
      up,
      down(20, 20),
      move([40, 40]),
      { type: 'undo' },
      up,
    );
    expect(state.position).toBe(1);
    expect(state.operations).toHaveLength(1);
  });

  it('tells what is on the screen and not kept yet', () => {
    expect(pendingOperation(painterAfter())).toBeNull();
    const stroke = painterAfter(down(10, 10), move([40, 40]));
    expect(pendingOperation(stroke)).toEqual(reducePainter(stroke, up).operations[0]);
    const trial = { kind: 'feather', pixels: 8 } as const;
    expect(pendingOperation(painterAfter({ type: 'try', operation: trial }))).toEqual(trial);
  });

  it('keeps what is tried out as soon as somebody works on, and drops it at an undo', () => {
    const trial: PainterEvent = { type: 'try', operation: { kind: 'grow', pixels: 4 } };
    const kinds = (state: PainterState) => state.operations.map(({ kind }) => kind);
    expect(kinds(painterAfter(trial, down(5, 5), up))).toEqual(['grow', 'stroke']);
    expect(kinds(painterAfter(trial, { type: 'apply', operation: { kind: 'invert' } }))).toEqual([
      'grow',
      'invert',
    ]);
    expect(kinds(painterAfter(trial, { type: 'keep-trial' }))).toEqual(['grow']);
    const dropped = painterAfter(down(5, 5), up, trial, { type: 'undo' });
    expect(dropped.trial).toBeNull();
    expect(dropped.position).toBe(1);
  });

  it('keeps sizes within 1 to 500, in steps that fit them', () => {
    expect(painterAfter(size(0)).brushSize).toBe(1);
    expect(painterAfter(size(9999)).brushSize).toBe(500);
    const sizes: number[] = [];
    let state = painterAfter(size(1));
    for (; state.brushSize < 500; ) {
      state = reducePainter(state, { type: 'step-brush-size', direction: 1 });
      sizes.push(state.brushSize);
    }
    for (let step = 1; step < sizes.length; step++) {
      state = reducePainter(state, { type: 'step-brush-size', direction: -1 });
      expect(state.brushSize).toBe(sizes.at(-1 - step));
    }
  });

  it('never loses or invents a step, whatever happens in whatever order', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 399 }), fc.integer({ min: 0, max: 299 }));
    const event: fc.Arbitrary<PainterEvent> = fc.oneof(
      place.map(([x, y]) => down(x, y)),
      place.map(([x, y]) => move([x, y])),
      fc.constantFrom<PainterEvent>(
        up,
        { type: 'pointer-cancel' },
        { type: 'undo' },
        { type: 'redo' },
      ),
      fc.constantFrom(tool('brush'), tool('rectangle'), tool('lasso')),
      fc.constant<PainterEvent>({ type: 'apply', operation: { kind: 'invert' } }),
      fc.constant<PainterEvent>({ type: 'try', operation: { kind: 'grow', pixels: 2 } }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let state = createPainter(picture);
        for (const one of events) {
          const next = reducePainter(state, one);
          expect(next.position).toBeGreaterThanOrEqual(0);
          expect(next.position).toBeLessThanOrEqual(next.operations.length);
          const isSame = next.operations === state.operations;
          if (!isSame)
            expect(next.operations.slice(0, state.position)).toEqual(
              state.operations.slice(0, state.position),
            );
          state = next;
        }
      }),
    );
  });
});
