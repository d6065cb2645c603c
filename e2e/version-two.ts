import type { BrowserContext, Page } from '@playwright/test';
import { expect } from './studio';

// The browser's database as version 2 of it was, made by a page of the app's origin that opens none.

/** A page of the app's origin without any script. */
export async function emptyPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/robots.txt`);
  return page;
}

/** Makes the database anew, with so many runs, each a minute older than the one before, and a picture each. */
export async function makeVersionTwo(page: Page, runs: number): Promise<void> {
  await page.evaluate(async (count) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    await done(indexedDB.deleteDatabase('turing-playground'));
    const opening = indexedDB.open('turing-playground', 2);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      const many = { multiEntry: true };
      const kept = database.createObjectStore('runs', { keyPath: 'id' });
      kept.createIndex('createdAt', 'createdAt');
      kept.createIndex('state', 'state');
      kept.createIndex('pictures', 'pictures', many);
      kept.createIndex('removedPictures', 'removedPictures', many);
      kept.createIndex('endpointAge', ['endpoint', 'createdAt']);
      database.createObjectStore('removedRuns', { keyPath: 'id' });
      for (const name of ['pictures', 'copies', 'drafts', 'durations', 'masks', 'maskOperations']) {
        database.createObjectStore(name);
      }
      const uses = database.createObjectStore('pictureUses', { keyPath: 'owner' });
      uses.createIndex('pictures', 'pictures', many);
      const conversations = database.createObjectStore('conversations', { keyPath: 'id' });
      conversations.createIndex('updatedAt', 'updatedAt');
      const messages = database.createObjectStore('messages', { keyPath: 'id' });
      messages.createIndex('conversation', 'conversation');
      messages.createIndex('pictures', 'pictures', many);
      messages.createIndex('state', 'state');
    };
    const database = await done(opening);
    const transaction = database.transaction(['runs', 'pictures'], 'readwrite');
    const header = { format: 'png', width: 1, height: 1, orientation: 1, hasAlpha: true };
    const now = Date.now();
    for (let number = 0; number < count; number++) {
      const id = `kept-${number}`;
      const hash = number.toString(16).padStart(64, '0');
      transaction.objectStore('pictures').put(new Blob([id], { type: 'image/png' }), hash);
      transaction.objectStore('runs').put({
        id,
        key: id,
        createdAt: now - number * 60_000,
        state: 'done',
        tries: 1,
        nextTry: null,
        startedAt: now,
        expectedMs: null,
        durationMs: 1,
        trouble: null,
        endpoint: 'generations',
        request: { model: 'turing/gpt-image-1', prompt: `kept number ${number}`, n: 1 },
        form: { model: null, prompt: '', count: '1', sizes: {}, lastSize: null, options: {} },
        edit: null,
        asked: 1,
        slots: [{ kind: 'picture', hash, byteLength: id.length, header }],
        pictures: [hash],
        removedPictures: [],
      });
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    database.close();
  }, runs);
}

/** What the gallery's index holds, from a page that need not be the app's. */
function indexOf(page: Page): Promise<{ cards: string[]; isWhole: boolean; runs: number }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('turing-playground'));
    const transaction = database.transaction(['cards', 'fillings', 'runs']);
    const byAge = transaction.objectStore('cards').index('order');
    const [cards, fillings, runs] = await Promise.all([
      done(byAge.getAllKeys()) as Promise<string[]>,
      done(transaction.objectStore('fillings').getAll()),
      done(transaction.objectStore('runs').count()),
    ]);
    database.close();
    return { cards, runs, isWhole: fillings.length > 0 && fillings.every((one) => one.isDone) };
  });
}

/**
 * Goes through an upgrade of so many runs: an old tab gives way, the page is closed in mid-filling, and the
 * next one fills the rest.
 */
export async function expectUpgrade(context: BrowserContext, url: string, runs: number) {
  const old = await emptyPage(context, url);
  await makeVersionTwo(old, runs);
  // As a page of the version before does: it closes its connection, and its next one asks for version 2.
  await old.evaluate(() => {
    const opening = indexedDB.open('turing-playground', 2);
    opening.onsuccess = () => {
      const database = opening.result;
      database.onversionchange = () => {
        database.close();
        const again = indexedDB.open('turing-playground', 2);
        again.onerror = () => {
          document.title = again.error?.name ?? '';
        };
      };
      document.title = 'open';
    };
  });
  await expect(old).toHaveTitle('open');
  const first = await context.newPage();
  await first.goto(url);
  await expect(first.locator('li[aria-posinset="1"]')).toHaveAttribute(
    'aria-setsize',
    String(runs),
  );
  await expect.poll(async () => (await indexOf(old)).cards.length, { intervals: [20] }).not.toBe(0);
  await first.close();
  await expect(old).toHaveTitle('VersionError');
  const ids = Array.from({ length: runs }, (_, number) => `kept-${number}`);
  const { cards, isWhole } = await indexOf(old);
  expect(isWhole).toBe(false);
  expect(cards.length).toBeLessThan(runs);
  expect(cards).toEqual(ids.slice(0, cards.length));
  const second = await context.newPage();
  await second.goto(url);
  await expect.poll(async () => (await indexOf(old)).isWhole, { timeout: 120_000 }).toBe(true);
  expect(await indexOf(old)).toMatchObject({ cards: ids, runs });
  await expect(second.locator('li[aria-posinset="1"]')).toHaveAttribute(
    'aria-setsize',
    String(runs),
  );
}
