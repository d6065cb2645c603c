import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  type ChosenView,
  createHold,
  createTaps,
  type Frame,
  type PanZoomAction,
  panZoom,
  snapView,
  viewOf,
  wheelFactor,
  zoomOfKey,
} from './pan-zoom';
import type { View } from './viewer-geometry';

const frame: Frame = {
  picture: { width: 4000, height: 2000 },
  stage: { width: 1000, height: 1000 },
};
const { stage: square } = frame;
const on = (view: View | null, stage = square) => view && { ...view, stage };
const act = (action: PanZoomAction, from: View | null = null, within = frame) => {
  const next = panZoom(on(from), action, within);
  if (!next) return null;
  const { stage, ...view } = next;
  expect(stage).toEqual(within.stage);
  return view;
};
const under = (view: View, point: { x: number; y: number }) => ({
  x: (point.x - view.x) / view.scale,
  y: (point.y - view.y) / view.scale,
});

describe('the view', () => {
  it('shows the whole picture until another is chosen, with a margin where one is wanted', () => {
    expect(viewOf(null, frame)).toEqual({ scale: 0.25, x: 0, y: 250 });
    expect(viewOf(null, { ...frame, margin: 100 })).toEqual({ scale: 0.2, x: 100, y: 300 });
  });

  it('follows a stage that is resized', () => {
    const stage = { width: 400, height: 400 };
    expect(viewOf(null, { ...frame, stage })).toEqual({ scale: 0.1, x: 0, y: 100 });
    expect(viewOf(on({ scale: 1, x: -3900, y: 0 }), { ...frame, stage }).x).toBe(-3600);
  });

  it.each([
    { width: 600, height: 900 },
    { width: 1800, height: 700 },
  ])('keeps in the middle what is there, on a stage of $width × $height', (stage) => {
    const chosen = on({ scale: 1, x: -1200, y: -400 });
    const before = under(viewOf(chosen, frame), { x: 500, y: 500 });
    const middle = { x: stage.width / 2, y: stage.height / 2 };
    expect(under(viewOf(chosen, { ...frame, stage }), middle)).toEqual(before);
    // Large again, nothing has moved.
    expect(viewOf(chosen, frame)).toEqual({ scale: 1, x: -1200, y: -400 });
  });
});

describe('zooming', () => {
  it('keeps the point under the cursor from the whole picture on, notch by notch', () => {
    const point = { x: 900, y: 270 };
    let chosen: ChosenView | null = null;
    for (let notch = 0; notch < 12; notch++) {
      chosen = panZoom(chosen, { type: 'zoom', factor: 1.2, point }, frame);
      const { x, y } = under(viewOf(chosen, frame), point);
      expect(x).toBeCloseTo(3600, 6);
      expect(y).toBeCloseTo(80, 6);
    }
  });

  it('keeps the point under the cursor in the midst of a large picture', () => {
    const from = { scale: 1, x: -1500, y: -500 };
    const point = { x: 300, y: 700 };
    const view = viewOf(on(act({ type: 'zoom', factor: 2, point }, from)), frame);
    expect(view.scale).toBe(2);
    expect(under(view, point)).toEqual(under(from, point));
  });

  it('moves the picture along with two fingers', () => {
    const from = { scale: 1, x: -1500, y: -500 };
    const by = { x: 10, y: -20 };
    const point = { x: 0, y: 0 };
    expect(act({ type: 'zoom', factor: 1, point, by }, from)).toEqual({
      scale: 1,
      x: -1490,
      y: -520,
    });
  });

  it('stops at 1600 % and at the whole picture', () => {
    const point = { x: 500, y: 500 };
    expect(act({ type: 'zoom', factor: 1e6, point })?.scale).toBe(16);
    expect(act({ type: 'zoom', factor: 1e-6, point }, { scale: 3, x: 0, y: 0 })).toBeNull();
  });

  it('goes to the middle by keys and buttons', () => {
    expect(act({ type: 'scale', scale: 1 })).toEqual({ scale: 1, x: -1500, y: -500 });
    expect(act({ type: 'step', direction: 'in' })?.scale).toBe(0.33);
    expect(act({ type: 'step', direction: 'out' }, { scale: 0.33, x: 0, y: 0 })).toBeNull();
    expect(act({ type: 'whole' }, { scale: 3, x: 0, y: 0 })).toBeNull();
  });

  it('toggles between the whole picture and its pixels', () => {
    const point = { x: 0, y: 500 };
    expect(act({ type: 'toggle', point })).toEqual({ scale: 1, x: 0, y: -500 });
    expect(act({ type: 'toggle', point }, { scale: 1, x: 0, y: 0 })).toBeNull();
    const small = { ...frame, picture: { width: 800, height: 800 } };
    expect(act({ type: 'toggle' }, null, small)).toEqual({ scale: 1, x: 100, y: 100 });
    expect(act({ type: 'toggle' }, { scale: 1, x: 100, y: 100 }, small)).toBeNull();
    const exact = { ...frame, picture: square };
    expect(act({ type: 'toggle' }, null, exact)?.scale).toBe(2);
  });

  it('never leaves a view that a clamped one would not be', () => {
    const side = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    const point = fc.record({ x: side, y: side });
    const action: fc.Arbitrary<PanZoomAction> = fc.oneof(
      fc.record({ type: fc.constant('pan' as const), by: point }),
      fc.record({
        type: fc.constant('zoom' as const),
        factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
        point,
        by: point,
      }),
      fc.record({ type: fc.constant('toggle' as const), point }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
        let chosen: ChosenView | null = null;
        for (const each of actions) chosen = panZoom(chosen, each, frame);
        const view = viewOf(chosen, frame);
        if (chosen) expect(on(view)).toEqual(chosen);
        expect(view.scale).toBeGreaterThanOrEqual(0.25);
        expect(view.scale).toBeLessThanOrEqual(16);
      }),
    );
  });
});

describe('a view on the screen', () => {
  it('lies on whole pixels, whatever their size', () => {
    vi.stubGlobal('devicePixelRatio', 1);
    expect(snapView({ scale: 1, x: -66.711, y: -90.5467 })).toEqual({ scale: 1, x: -67, y: -91 });
    vi.stubGlobal('devicePixelRatio', 2);
    expect(snapView({ scale: 1, x: -66.711, y: -90.5467 })).toEqual({
      scale: 1,
      x: -66.5,
      y: -90.5,
    });
    vi.unstubAllGlobals();
  });
});

describe('panning', () => {
  it('closes a gap that zooming has left, and opens none', () => {
    const left = { scale: 0.5, x: -500, y: 100 };
    expect(act({ type: 'pan', by: { x: 0, y: 30 } }, left)).toEqual(left);
    expect(act({ type: 'pan', by: { x: 0, y: -200 } }, left)).toEqual({ ...left, y: 0 });
  });

  it('leaves a picture that is shown whole in its place', () => {
    expect(act({ type: 'pan', by: { x: 50, y: 50 } })).toBeNull();
  });

  it('stops at the picture’s edge', () => {
    const from = { scale: 1, x: -10, y: -10 };
    expect(act({ type: 'pan', by: { x: 50, y: -5 } }, from)).toEqual({ scale: 1, x: 0, y: -15 });
  });
});

describe('the wheel', () => {
  const wheel = { deltaMode: 0, ctrlKey: false };
  it('zooms out downwards, and back by the same notch upwards', () => {
    expect(wheelFactor({ ...wheel, deltaY: 100 })).toBeCloseTo(0.835, 3);
    const both = wheelFactor({ ...wheel, deltaY: 100 }) * wheelFactor({ ...wheel, deltaY: -100 });
    expect(both).toBeCloseTo(1, 12);
  });

  it('reads lines as 16 pixels, and a trackpad’s pinch as larger steps', () => {
    expect(wheelFactor({ ...wheel, deltaY: 3, deltaMode: 1 })).toBe(
      wheelFactor({ ...wheel, deltaY: 48 }),
    );
    expect(wheelFactor({ ...wheel, deltaY: 10, ctrlKey: true })).toBeCloseTo(0.887, 3);
  });
});

describe('pointers that hold a picture', () => {
  it('move it with one, and zoom it about their middle with two', () => {
    const hold = createHold();
    hold.take(1, { x: 100, y: 100 });
    expect(hold.move(1, { x: 110, y: 90 })).toEqual({ type: 'pan', by: { x: 10, y: -10 } });
    hold.take(2, { x: 210, y: 90 });
    expect(hold.move(2, { x: 310, y: 90 })).toEqual({
      type: 'zoom',
      factor: 2,
      point: { x: 210, y: 90 },
      by: { x: 50, y: 0 },
    });
    expect(hold.release(1)).toBe(true);
    expect(hold.move(2, { x: 300, y: 90 })).toEqual({ type: 'pan', by: { x: -10, y: 0 } });
    expect(hold.count()).toBe(1);
  });

  it('are only those that were taken', () => {
    const hold = createHold();
    expect(hold.move(1, { x: 1, y: 1 })).toBeUndefined();
    expect(hold.release(1)).toBe(false);
  });

  it('divide by no zero when two fingers meet', () => {
    const hold = createHold();
    hold.take(1, { x: 5, y: 5 });
    hold.take(2, { x: 5, y: 5 });
    expect(hold.move(2, { x: 5, y: 5 })).toMatchObject({ factor: 1 });
  });
});

describe('taps', () => {
  it.each([
    ['near and soon', { x: 10, y: 10 }, 200, true],
    ['too late', { x: 10, y: 10 }, 400, false],
    ['too far', { x: 60, y: 10 }, 200, false],
  ])('%s are a double tap: %s', (_, second, after, expected) => {
    const taps = createTaps();
    expect(taps.isDouble({ x: 0, y: 0 }, 1000)).toBe(false);
    expect(taps.isDouble(second, 1000 + after)).toBe(expected);
  });

  it('of three make one double tap', () => {
    const taps = createTaps();
    const tap = (time: number) => taps.isDouble({ x: 0, y: 0 }, time);
    expect([tap(0), tap(100), tap(200)]).toEqual([false, true, false]);
  });
});

describe('keys', () => {
  it('are the same on every stage', () => {
    expect(zoomOfKey('0')).toEqual({ type: 'whole' });
    expect(zoomOfKey('1')).toEqual({ type: 'scale', scale: 1 });
    for (const key of ['+', '=']) expect(zoomOfKey(key)).toEqual({ type: 'step', direction: 'in' });
    for (const key of ['-', '_']) {
      expect(zoomOfKey(key)).toEqual({ type: 'step', direction: 'out' });
    }
    expect(zoomOfKey('2')).toBeUndefined();
  });
});
