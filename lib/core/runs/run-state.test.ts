import { describe, expect, it } from 'vitest';
import type { Run } from './run';
import { failureOfNetwork } from './run-failure';
import {
  isInFlight,
  isUnsent,
  type LocalRun,
  type LocalRunEvent,
  newLocalRun,
  reduceLocalRun,
  reopenedLocalRun,
} from './run-state';

const trouble = failureOfNetwork('');
const lived = (...events: LocalRunEvent[]): LocalRun =>
  events.reduce(reduceLocalRun, newLocalRun({ id: 'key', now: 100 }));
const nextTry = { key: 'next', at: 5000 };

describe('the life of a run', () => {
  it('begins before anything was sent, under the key that is its name', () => {
    expect(lived()).toMatchObject({ id: 'key', key: 'key', tries: 1, state: 'queued' });
  });

  it('is unsent until the server has it, and again while it waits for another try', () => {
    expect(isUnsent(lived())).toBe(true);
    expect(isUnsent(lived({ type: 'pause', trouble, nextTry }))).toBe(true);
    const run = { id: 'key', createdAt: 200, state: 'uploading' } as Run;
    expect(isUnsent(lived({ type: 'reported', run, clockOffset: 0 }))).toBe(false);
    expect(isUnsent(lived({ type: 'cancel', now: 300 }))).toBe(false);
  });

  it('goes on under another key after a pause, and stays the same run', () => {
    const paused = lived({ type: 'pause', trouble, nextTry });
    expect(paused).toMatchObject({ state: 'pausing', trouble, nextTry });
    const next = reduceLocalRun(paused, { type: 'try-again' });
    expect(next).toMatchObject({
      id: 'key',
      key: 'next',
      tries: 2,
      state: 'queued',
      nextTry: null,
    });
  });

  it('is the same try under the same key, where the server has not taken it up', () => {
    const stopping = { ...trouble, kind: 'server_stopping' as const };
    const same = { key: 'key', at: 5000 };
    const again = lived({ type: 'pause', trouble: stopping, nextTry: same }, { type: 'try-again' });
    expect(again).toMatchObject({ key: 'key', tries: 1, state: 'queued', trouble: stopping });
  });

  it('counts a stop between two tries as having cost no time', () => {
    const stopped = lived({ type: 'pause', trouble, nextTry }, { type: 'cancel', now: 900 });
    expect(stopped).toMatchObject({ state: 'cancelled', durationMs: null, nextTry: null });
    expect(lived({ type: 'cancel', now: 900 }).durationMs).toBe(800);
  });

  it('ends once: what comes later changes nothing', () => {
    const ended = lived({ type: 'end', durationMs: 7 });
    expect(isInFlight(ended)).toBe(false);
    expect(reduceLocalRun(ended, { type: 'trouble', trouble, durationMs: 9 })).toBe(ended);
  });

  it('keeps how its answer came, and when the first picture did if that was seen', () => {
    const run = { ...lived(), state: 'answering' as const, startedAt: 1000 };
    const facts = { status: 200, requestId: 'r', firstByteMs: 300, durationMs: 900, text: '{}' };
    const seen = (firstPictureAt: number | null) =>
      reduceLocalRun(run, { type: 'answered', facts, firstPictureAt }).answerFacts;
    expect(seen(1500)).toEqual({ ...facts, firstPictureMs: 500 });
    // Two clocks: never later than the end.
    expect(seen(1950)?.firstPictureMs).toBe(900);
    expect(seen(60_000)?.firstPictureMs).toBeNull();
    expect(seen(null)?.firstPictureMs).toBeNull();
  });

  it('can be taken up again under its old key after it could not be started', () => {
    const failed = lived({ type: 'trouble', trouble, durationMs: null });
    expect(reopenedLocalRun(failed)).toMatchObject({ state: 'queued', key: 'key', trouble: null });
  });
});
