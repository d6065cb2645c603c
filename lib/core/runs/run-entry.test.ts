import { describe, expect, it } from 'vitest';
import { emptyImageForm } from '../endpoints/image-form';
import { catalogue } from '../models/catalogue';
import type { Model } from '../models/model';
import type { Run } from './run';
import {
  createEntry,
  picturesOf,
  type RunEntry,
  type RunEvent,
  reduceEntry,
  refusedOption,
  reopened,
  withoutPicture,
  withoutRemoved,
  withPictureBack,
} from './run-entry';
import { failureOfNetwork } from './run-failure';
import { isInFlight } from './run-state';

const entry = createEntry({
  id: 'key',
  request: { model: 'm', prompt: 'p', n: 3 },
  form: emptyImageForm,
  now: 100,
  expectedMs: null,
});
const picture = (hash: string) =>
  ({ kind: 'picture', hash, byteLength: 1, header: undefined }) as const;
const trouble = failureOfNetwork('');
const runAfter = (...events: RunEvent[]): RunEntry => events.reduce(reduceEntry, entry);
const arrived: RunEvent = { type: 'picture', index: 1, picture: picture('a') };
const runAt = (state: Run['state']): Run => ({
  id: 'key',
  endpoint: 'generations',
  model: 'm',
  state,
  status: null,
  createdAt: 5000,
  firstByteAt: null,
  endedAt: null,
  receivedBytes: 0,
  bytes: 0,
  error: null,
});

describe('a run on the page', () => {
  it('has a place for each picture from the start', () => {
    expect(entry.slots).toEqual([{ kind: 'waiting' }, { kind: 'waiting' }, { kind: 'waiting' }]);
    expect(isInFlight(entry)).toBe(true);
  });

  it('counts its time from when the server took it up, on this clock', () => {
    const event = { type: 'reported', run: runAt('waiting'), clockOffset: 4000 } as const;
    expect(runAfter(event)).toMatchObject({ state: 'waiting', startedAt: 1000 });
  });

  it.each(['done', 'failed'] as const)('is not %s before its answer has been read', (state) => {
    expect(runAfter({ type: 'reported', run: runAt(state), clockOffset: 0 }).state).toBe(
      'answering',
    );
  });

  it('shows each picture in its place, and more than were asked for', () => {
    const more = runAfter(arrived, { type: 'picture', index: 4, picture: picture('b') });
    expect(picturesOf(more).map(({ index }) => index)).toEqual([1, 4]);
    expect(more.slots).toHaveLength(5);
  });

  it('says at the end of each place what became of it', () => {
    const answer = {
      created: 1,
      usage: { total_tokens: 2 },
      items: [
        { kind: 'error', message: 'filtered', code: null },
        { kind: 'bytes', byteLength: 1 },
      ] as const,
    };
    const ended = runAfter(arrived, {
      type: 'end',
      answer: { ...answer, items: [...answer.items] },
      durationMs: 7,
    });
    expect(ended).toMatchObject({ state: 'done', durationMs: 7, usage: { total_tokens: 2 } });
    expect(ended.slots.map(({ kind }) => kind)).toEqual(['error', 'picture', 'missing']);
  });

  it('keeps its pictures whatever ends it', () => {
    const endings: RunEvent[] = [
      { type: 'trouble', trouble, durationMs: null },
      { type: 'cancel', now: 900 },
    ];
    for (const ending of endings) {
      const ended = runAfter(arrived, ending);
      expect(isInFlight(ended)).toBe(false);
      expect(ended.slots.map(({ kind }) => kind)).toEqual(['missing', 'picture', 'missing']);
    }
  });

  it('stays as it is once it has ended', () => {
    const ended = runAfter({ type: 'cancel', now: 900 });
    expect(reduceEntry(ended, arrived)).toBe(ended);
    expect(reduceEntry(ended, { type: 'try-again' })).toBe(ended);
  });

  it('goes on under the next key after a pause, as the same run', () => {
    const nextTry = { key: 'next', at: 50 };
    const paused = runAfter({ type: 'pause', trouble, nextTry });
    expect(paused).toMatchObject({ state: 'pausing', nextTry, key: 'key', trouble });
    const tried = reduceEntry(paused, { type: 'try-again' });
    expect(tried).toMatchObject({
      id: 'key',
      key: 'next',
      tries: 2,
      state: 'queued',
      trouble,
    });
  });

  it('has cost nothing when the waiting for the next try is stopped', () => {
    const paused = runAfter({ type: 'pause', trouble, nextTry: { key: 'next', at: 50 } });
    const stopped = reduceEntry(paused, { type: 'cancel', now: 60 });
    expect(stopped).toMatchObject({ state: 'cancelled', durationMs: null, nextTry: null });
  });

  it('can be started once more under its own key', () => {
    const failed = runAfter({ type: 'trouble', trouble, durationMs: null });
    expect(reopened(failed)).toMatchObject({ state: 'queued', key: 'key', trouble: null });
  });

  it('learns of a picture whether it can be seen through, even after the end', () => {
    const ended = runAfter(arrived, { type: 'cancel', now: 900 });
    const seen = reduceEntry(ended, { type: 'transparency', hash: 'a', isTransparent: false });
    expect(seen.slots[1]).toEqual({ ...picture('a'), isTransparent: false });
    expect(reduceEntry(ended, { type: 'transparency', hash: 'z', isTransparent: true })).toBe(
      ended,
    );
  });

  it('lets a picture go and come back, until it is gone for good', () => {
    const without = withoutPicture(runAfter(arrived), 1, 200);
    expect(picturesOf(without)).toEqual([]);
    expect(withPictureBack(without, 1)).toEqual(runAfter(arrived));
    expect(withoutRemoved(without, 200)).toEqual(without);
    expect(withoutRemoved(without, 201).slots[1]).toEqual({ kind: 'missing' });
  });
});

const model = catalogue.find(({ endpoints }) => endpoints.includes('edits')) as Model;
const run = {
  endpoint: 'edits' as const,
  request: { model: model.id, prompt: 'p', quality: 'high', input_fidelity: 'high' },
};
const refused = { kind: 'refused' as const, message: '' };

describe('refusedOption', () => {
  it('is the one that the refusal names, as its parameter or in its words', () => {
    const byParam = refusedOption(run, { ...refused, param: 'input_fidelity' }, model);
    expect(byParam?.name).toBe('input_fidelity');
    const message = "The model does not support the 'input_fidelity' parameter.";
    expect(refusedOption(run, { ...refused, message }, model)).toBe(byParam);
  });

  it('is none where another thing is refused, or the option was not sent', () => {
    expect(refusedOption(run, { ...refused, message: 'no' }, model)).toBeUndefined();
    const other = { ...refused, message: 'input_fidelity_level is unknown' };
    expect(refusedOption(run, other, model)).toBeUndefined();
    const trouble = { ...refused, param: 'input_fidelity' };
    const without = { ...run, request: { model: model.id, prompt: 'p' } };
    expect(refusedOption(without, trouble, model)).toBeUndefined();
    expect(refusedOption(run, { ...trouble, kind: 'timeout' }, model)).toBeUndefined();
  });

  it('is none that has a default, which would be sent all the same', () => {
    expect(refusedOption(run, { ...refused, param: 'quality' }, model)).toBeUndefined();
  });
});
