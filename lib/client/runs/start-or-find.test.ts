import { describe, expect, it } from 'vitest';
import type { Run } from '../../core/runs/run';
import { startOrFind } from './start-or-find';

const request = { key: 'key', endpoint: 'generations', body: '{}' } as const;
const runIn = (state: Run['state']) => ({ id: 'key', state }) as Run;
const often = (_: number, action: () => void) => {
  const timer = setInterval(action, 1);
  return () => clearInterval(timer);
};
/** A POST to which no answer comes. */
const silent = (_: unknown, signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('startOrFind', () => {
  const { signal } = new AbortController();

  it('gives what the server answers', async () => {
    const start = async () => ({ run: runIn('waiting') });
    expect(await startOrFind(request, signal, { start })).toEqual({ run: runIn('waiting') });
  });

  it('finds a run of which the answer never comes, once the server has it whole', async () => {
    let posting: AbortSignal | undefined;
    const start = (_: unknown, given: AbortSignal) => {
      posting = given;
      return silent(_, given);
    };
    const runs = [undefined, runIn('uploading'), runIn('waiting')];
    const find = async () => runs.shift();
    const found = await startOrFind(request, signal, { start, find, every: often });
    expect(found).toEqual({ run: runIn('waiting') });
    // What still hangs there would take one of the browser's six connections.
    expect(posting?.aborted).toBe(true);
  });

  it('goes on waiting where the server cannot be asked either', async () => {
    const stopping = new AbortController();
    let asked = 0;
    const find = async () => {
      if (++asked === 3) stopping.abort(new Error('stopped'));
      throw new TypeError('Failed to fetch');
    };
    const starting = startOrFind(request, stopping.signal, { start: silent, find, every: often });
    await expect(starting).rejects.toThrow('stopped');
  });
});
