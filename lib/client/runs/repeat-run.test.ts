import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyImageForm } from '../../core/endpoints/image-form';
import { catalogue } from '../../core/models/catalogue';
import { createEntry, type RunEntry } from '../../core/runs/run-entry';
import { repeatRun } from './image-runs';
import { putRuns, runsStore } from './runs-store';

const sent = vi.hoisted(() => [] as string[]);
vi.mock('../api/api', async (load) => ({
  ...(await load<typeof import('../api/api')>()),
  postRun: async ({ body }: { body: string }) => {
    sent.push(body);
    return new Promise(() => {});
  },
}));

const model = 'turing/gpt-image-1';
const request = { model, prompt: 'a dog', n: 2, size: '1024x1024', quality: 'low' };

function shown(changes: Partial<RunEntry> = {}): RunEntry {
  const entry = createEntry({
    id: '123e4567-e89b-42d3-a456-426614174000',
    request,
    // Nobody chose the model, and the form says another quality.
    form: { ...emptyImageForm, prompt: 'a dog', options: { quality: 'high' } },
    now: 1,
    expectedMs: null,
  });
  const run: RunEntry = { ...entry, state: 'done', ...changes };
  putRuns([run]);
  return run;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  sent.length = 0;
  runsStore.setState({ runs: [], keptIds: { generations: [], edits: [] } });
});

describe('a run that is made again', () => {
  it('sends what was sent, whatever the form and the order of the catalogue say', async () => {
    expect(repeatRun(shown(), catalogue.toReversed())).toEqual({});
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(JSON.parse(sent[0] ?? '')).toEqual(request);
  });

  it('sends nothing while its model is gone, and says so', () => {
    const models = catalogue.filter(({ id }) => id !== model);
    expect(repeatRun(shown(), models).problem).toMatchObject({
      reason: 'model_unknown',
      values: { value: expect.stringContaining(model) },
    });
    expect(runsStore.getState().runs).toHaveLength(1);
  });

  it('sends nothing that the changed catalogue does not take', () => {
    const models = catalogue.map((one) => (one.id === model ? { ...one, options: [] } : one));
    expect(repeatRun(shown(), models).problem).toMatchObject({ param: 'quality' });
  });

  it('leaves out one option, of the request and of the form', async () => {
    const { inPlace } = repeatRun(shown({ state: 'failed' }), catalogue, 'quality');
    const again = runsStore.getState().runs.find(({ id }) => id === inPlace);
    const { quality: _left, ...others } = request;
    expect(again).toMatchObject({ request: others, form: { options: {} } });
    expect(again?.request).not.toHaveProperty('quality');
    await vi.waitFor(() => expect(sent.map((body) => JSON.parse(body))).toEqual([others]));
  });
});
