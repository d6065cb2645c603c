import { emptyImageForm } from '../../core/endpoints/image-form';
import { createEntry, type RunEntry } from '../../core/runs/run-entry';
import { cardsFrom } from '../storage/kept-cards';

// Runs to be stored, and the worker that reads their cards, on the thread of the test.

export const storeWorker = {
  async call(
    _: 'older',
    { order }: { order: number },
    { onEvent }: { onEvent(cards: unknown): void },
  ): Promise<void> {
    for await (const cards of cardsFrom(order, { most: 7 })) onEvent(cards);
  },
};

/** A run with one picture; time, id and hash have the same number. */
export function runAt(now: number): RunEntry {
  const request = { model: 'm', prompt: 'p', n: 1 };
  const id = `run-${now}`;
  const entry = createEntry({ id, request, form: emptyImageForm, now, expectedMs: null });
  const slot = { kind: 'picture' as const, hash: `hash-${now}`, byteLength: 3, header: undefined };
  return { ...entry, state: 'done', slots: [slot] };
}
