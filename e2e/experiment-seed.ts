import type { Page } from '@playwright/test';
import { cellId, textHash } from '@/lib/client/experiments/cell-id';
import { createCell } from '@/lib/core/experiments/cell';
import {
  createExperiment,
  type Definition,
  emptyDefinition,
} from '@/lib/core/experiments/experiment';
import { planExperiment } from '@/lib/core/experiments/plan';
import { catalogue } from '@/lib/core/models/catalogue';
import type { Model } from '@/lib/core/models/model';
import type { Slot } from '@/lib/core/runs/run-entry';

/**
 * Puts an experiment into the browser's storage, as the app keeps it; its cells are done, each of its pictures
 * has one colour.
 * @param most so many cells at most; 0: nothing of it was sent yet
 * @returns how many pictures it has
 */
export async function seedExperiment(
  page: Page,
  {
    id,
    name,
    definition,
    models = catalogue,
  }: { id: string; name: string; definition: Partial<Definition>; models?: readonly Model[] },
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  const whole = { ...emptyDefinition, ...definition };
  const created = createExperiment(id, 1, { name, definition: whole });
  const experiment = most === 0 ? created : { ...created, state: 'done' };
  const { requests } = planExperiment(whole, models);
  const cells = requests.slice(0, most).map(({ text, sends }) => {
    const place = { experiment: id, key: textHash(text), attempt: 1 };
    const cell = createCell({ id: cellId(place), cell: place, sends, now: 1 });
    const slots = Array.from({ length: sends.request.n ?? 1 }, (_, index): Slot => {
      const hash = textHash(`${index} ${text}`);
      const header = { format: 'png', width: 64, height: 64, hasAlpha: false, orientation: 1 };
      return { kind: 'picture', hash, byteLength: 200, header } as Slot;
    });
    const pictures = slots.flatMap((slot) => (slot.kind === 'picture' ? [slot.hash] : []));
    return { ...cell, state: 'done', slots, pictures, removedPictures: [], durationMs: 1000 };
  });
  const hashes = cells.flatMap(({ pictures }) => pictures);
  // Whoever opens it before the page has made its stores makes it without any.
  await page.waitForFunction(async () =>
    (await indexedDB.databases()).some(({ name }) => name === 'turing-playground'),
  );
  await page.evaluate(
    async ([kept, records, files]) => {
      const opening = indexedDB.open('turing-playground');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const drawn = await Promise.all(
        files.map(async (hash, index): Promise<[string, Blob]> => {
          const canvas = new OffscreenCanvas(64, 64);
          const context = canvas.getContext('2d');
          if (!context) throw new Error('There is no canvas.');
          context.fillStyle = `hsl(${(index * 47) % 360} 55% 55%)`;
          context.fillRect(0, 0, 64, 64);
          return [hash, await canvas.convertToBlob({ type: 'image/png' })];
        }),
      );
      const transaction = database.transaction(['experiments', 'cells', 'pictures'], 'readwrite');
      transaction.objectStore('experiments').put(kept);
      for (const record of records) transaction.objectStore('cells').put(record);
      for (const [hash, file] of drawn) transaction.objectStore('pictures').put(file, hash);
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      database.close();
    },
    // Their whole types are too deep for what checks the arguments.
    [experiment as unknown, cells as unknown[], hashes] as const,
  );
  return hashes.length;
}

/** Puts a record into one of the stores of this browser. */
export async function keepRecord(page: Page, store: 'experiments' | 'lanes', record: object) {
  await page.evaluate(
    ([name, value]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('turing-playground');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(name, 'readwrite');
          transaction.objectStore(name).put(value);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    [store, record as unknown] as const,
  );
}
