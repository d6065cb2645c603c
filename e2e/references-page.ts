import { expect, type Locator, type Page } from '@playwright/test';
import { drawOn } from './edit-page';
import { type PictureFile, pngFile, turnedFile } from './reference-pictures';

// What the tests of the Edit page's references do with them.

export const red = await pngFile('red.png', '#c33');
export const green = await pngFile('green.png', '#3a3');
export const blue = await pngFile('blue.png', '#33c');
export const turned = await turnedFile('turned.jpg');

export const thumbs = (page: Page) => page.getByTestId('ref-thumb');
export const undo = (page: Page) =>
  page.getByRole('region', { name: 'References' }).getByRole('button', { name: 'Undo' });
export const problem = (page: Page, name: string) =>
  page.getByTestId('problem').filter({ hasText: name });

/** The names of the references, in their order. */
export const names = (page: Page) =>
  thumbs(page).evaluateAll((all) =>
    all.map((thumb) => thumb.getAttribute('aria-label')?.replace(/^Reference \d+: /, '')),
  );
export const expectOrder = (page: Page, ...files: PictureFile[]) =>
  expect.poll(() => names(page)).toEqual(files.map(({ name }) => name));

export async function open(page: Page) {
  await page.goto('/edit');
  await expect(page.getByTestId('submit')).toBeEnabled();
}

export async function pick(page: Page, ...files: (PictureFile | string)[]) {
  await page.getByTestId('ref-input').setInputFiles(files as PictureFile[]);
}

/** What the browser keeps under each hash, hashed anew. */
export const keptHashes = (page: Page) =>
  page.evaluate(async () => {
    const open = indexedDB.open('turing-playground');
    const database = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const store = database.transaction('pictures').objectStore('pictures');
    const [keys, files] = [store.getAllKeys(), store.getAll()];
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve;
    });
    database.close();
    const hashes = await Promise.all(
      (files.result as Blob[]).map(async (file) => {
        const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
        return [...new Uint8Array(digest)]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('');
      }),
    );
    return { keys: keys.result, hashes };
  });

/** What is dragged or copied, made in the page. */
export const transfer = (page: Page, files: PictureFile[], data: Record<string, string> = {}) =>
  page.evaluateHandle(
    ([list, texts]) => {
      const made = new DataTransfer();
      for (const { name, mimeType, bytes } of list) {
        made.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      }
      for (const [type, text] of Object.entries(texts)) made.setData(type, text);
      return made;
    },
    [
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] })),
      data,
    ] as const,
  );

/** Paints a stroke on the mask of the first picture. */
export async function paint(page: Page) {
  const surface = page.getByTestId('mask-surface');
  await drawOn(surface, [
    [1 / 3, 1 / 2],
    [1 / 2, 1 / 2],
  ]);
  await expect(thumbs(page).first()).toContainText('mask');
}

export interface Point {
  x: number;
  y: number;
}

export async function middle(thumb: Locator): Promise<Point> {
  await thumb.scrollIntoViewIfNeeded();
  const box = await thumb.boundingBox();
  if (!box) throw new Error('There is no such thumbnail.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export async function drag(page: Page, from: number, to: number, before = async () => {}) {
  const start = await middle(thumbs(page).nth(from));
  const end = await middle(thumbs(page).nth(to));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await before();
  await page.mouse.up();
}
