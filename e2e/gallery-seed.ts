import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { emptyImageForm } from '@/lib/core/endpoints/image-form';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import { cardOfRun } from '@/lib/core/gallery/card';
import { createEntry, type RunEntry, type Slot } from '@/lib/core/runs/run-entry';
import type { LocalRunState } from '@/lib/core/runs/run-state';

/** What a seeded run is to be; what is left out is usual. */
export interface SeededRun {
  prompt: string;
  endpoint?: ImageEndpoint;
  /** It is an answer: a card without a run. */
  isAnswer?: boolean;
  model?: string;
  state?: LocalRunState;
  /** Its age in minutes; else its number. */
  age?: number;
  /** Width and height of each of its pictures. */
  sizes?: readonly (readonly [number, number])[];
  /** `gone`: its files are not stored; `broken`: they are no pictures. */
  files?: 'gone' | 'broken';
}

/** Puts runs with pictures of one colour each into the browser's storage, as the app keeps them. */
export async function seedRuns(page: Page, seeds: readonly SeededRun[]): Promise<void> {
  const runs = seeds.map(entryOf);
  const files = seeds.flatMap(({ files: state }, number) => {
    if (state === 'gone') return [];
    return (runs[number]?.slots ?? []).flatMap((slot, place) =>
      slot.kind === 'picture' && slot.header
        ? [
            {
              hash: slot.hash,
              ...slot.header,
              isBroken: state === 'broken',
              name: `${number}/${place}`,
            },
          ]
        : [],
    );
  });
  const kept = runs.map((run, number) => {
    const card = { ...cardOfRun(run), ...(seeds[number]?.isAnswer && { origin: 'chat' }) };
    const pictures = card.pictures.map(({ hash }) => hash);
    return {
      run: seeds[number]?.isAnswer ? null : { ...run, pictures, removedPictures: [] },
      card: { ...card, order: -card.at, hashes: pictures },
    };
  });
  await page.evaluate(
    async ([records, pictures]) => {
      const opening = indexedDB.open('turing-playground');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const drawn: [string, Blob][] = [];
      for (const [index, { hash, width = 1, height = 1, isBroken, name }] of pictures.entries()) {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('There is no canvas.');
        context.fillStyle = `hsl(${(index * 47) % 360} 55% 55%)`;
        context.fillRect(0, 0, width, height);
        context.fillStyle = '#fff';
        context.font = `${Math.round(height / 4)}px sans-serif`;
        context.fillText(name, width / 10, height / 2);
        const file = await canvas.convertToBlob({ type: 'image/jpeg' });
        drawn.push([hash, isBroken ? new Blob(['no picture']) : file]);
      }
      const transaction = database.transaction(['runs', 'cards', 'pictures'], 'readwrite');
      for (const { run, card } of records) {
        if (run) transaction.objectStore('runs').put(run);
        transaction.objectStore('cards').put(card);
      }
      for (const [hash, file] of drawn) transaction.objectStore('pictures').put(file, hash);
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      database.close();
    },
    // Their whole types are too deep for what checks the arguments.
    [kept as { run: unknown; card: unknown }[], files] as const,
  );
}

function entryOf(seed: SeededRun, number: number): RunEntry {
  const { prompt, model = 'gpt-image-2', state = 'done', sizes = [[300, 200]] } = seed;
  const entry = createEntry({
    id: `seed-${number}`,
    request: { model, prompt, n: sizes.length },
    form: emptyImageForm,
    now: Date.now() - (seed.age ?? number) * 60_000,
    expectedMs: null,
  });
  const slots = sizes.map(([width, height], place): Slot => {
    if (state !== 'done') return { kind: 'missing' };
    const hash = createHash('sha256').update(`${number}/${place} ${prompt}`).digest('hex');
    const header = { format: 'jpeg', width, height, hasAlpha: false, orientation: 1 } as const;
    return { kind: 'picture', hash, byteLength: 2000, header };
  });
  return { ...entry, endpoint: seed.endpoint ?? 'generations', state, slots, durationMs: 1000 };
}
