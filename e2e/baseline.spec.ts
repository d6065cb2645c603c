import { chatOn } from './chat-page';
import { addReferences, drawOn, openEdit, pictureFile } from './edit-page';
import { expect, test } from './studio';

// The oldest browsers that the README names, as far as scripts can tell: what they lack is taken away
// before any script runs, in the page and in its workers.

const newer = [
  'URL.canParse',
  'URL.parse',
  'Array.fromAsync',
  'Promise.withResolvers',
  'Promise.try',
  'Object.groupBy',
  'Map.groupBy',
  'AbortSignal.any',
  'RegExp.escape',
  'Error.isError',
  'Uint8Array.fromBase64',
  'Uint8Array.prototype.toBase64',
  'Uint8Array.prototype.setFromBase64',
  'Uint8Array.prototype.toHex',
  'Uint8Array.fromHex',
  'Error.captureStackTrace',
  'Math.sumPrecise',
  'Atomics.waitAsync',
  'Map.prototype.getOrInsert',
  'Set.prototype.union',
  'Set.prototype.intersection',
  'Set.prototype.difference',
  'Set.prototype.isSubsetOf',
  'String.prototype.isWellFormed',
  'String.prototype.toWellFormed',
  'ArrayBuffer.prototype.transfer',
  'Blob.prototype.bytes',
  'Response.prototype.bytes',
  'ReadableStream.from',
  'Intl.Segmenter',
  'Intl.DurationFormat',
  'ClipboardItem.supports',
  'PointerEvent.prototype.getCoalescedEvents',
  'CanvasRenderingContext2D.prototype.filter',
  'OffscreenCanvasRenderingContext2D.prototype.filter',
  'ResizeObserverEntry.prototype.devicePixelContentBoxSize',
  'Navigator.prototype.connection',
  'WorkerNavigator.prototype.connection',
  'CSS.highlights',
  'HTMLElement.prototype.popover',
  'HTMLElement.prototype.showPopover',
  'HTMLElement.prototype.hidePopover',
  'HTMLElement.prototype.togglePopover',
  'HTMLDialogElement.prototype.requestClose',
  'Element.prototype.checkVisibility',
  'Element.prototype.moveBefore',
  'Document.prototype.startViewTransition',
  'requestIdleCallback',
  'scheduler',
  'ImageDecoder',
  'CloseWatcher',
  'navigation',
  'Iterator',
];

const takeAway = `for (const path of ${JSON.stringify(newer)}) {
  const names = path.split('.');
  const last = names.pop();
  const owner = names.reduce((one, name) => one?.[name], globalThis);
  if (owner) delete owner[last];
}
const decode = globalThis.createImageBitmap;
globalThis.createImageBitmap = function (...all) {
  if (all.at(-1)?.imageOrientation === 'from-image') return Promise.reject(new TypeError('no such enum'));
  return decode.apply(globalThis, all);
};
if (globalThis.ReadableStream) delete ReadableStream.prototype[Symbol.asyncIterator];
for (const name of ['querySelector', 'querySelectorAll', 'matches', 'closest']) {
  for (const { prototype } of [globalThis.Document, globalThis.Element].filter(Boolean)) {
    const before = prototype[name];
    if (before) prototype[name] = function (selector) {
      if (/:popover-open|:open\\b|:has-slotted/.test(selector)) throw new SyntaxError(selector);
      return before.call(this, selector);
    };
  }
}
`;

test('everything works in the oldest browsers that are supported', async ({ page, studio }) => {
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(String(error)));
  const workers = new Set<string>();
  page.on('console', (line) => {
    if (line.text().startsWith('a worker')) workers.add(line.text());
  });
  await page.addInitScript(takeAway);
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const response = await route.fetch();
    // A worker has a scope of its own, which the init script does not reach.
    // It tells what it has lost at once, for most workers end with what they were started for.
    const prefix = `if (!globalThis.document && !globalThis.isOld) { globalThis.isOld = true; ${takeAway}
      console.debug('a worker with canParse:', 'canParse' in URL); }\n`;
    await route.fulfill({ response, body: prefix + (await response.text()) });
  });
  await page.goto(studio.app.url);
  await expect(studio.submit).toBeEnabled();
  expect(await page.evaluate(() => 'popover' in document.body)).toBe(false);
  await studio.prompt.fill('as long ago fault:different');
  await page.keyboard.press('Control+Enter');
  await expect(studio.pictures).toHaveCount(4);
  await page
    .getByRole('button', { name: /^View large/ })
    .first()
    .click();
  await expect(page.getByRole('dialog', { name: 'Picture viewer' })).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: /^history/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /as long ago/ })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await openEdit(page, studio.app.url);
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  await drawOn(page.getByTestId('mask-surface'), [
    [0.2, 0.2],
    [0.6, 0.6],
  ]);
  await studio.run('an old hat');
  await expect(studio.pictures).toHaveCount(1);
  await expect.poll(() => [...workers]).toEqual(['a worker with canParse: false']);

  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  const chat = await chatOn(page);
  await chat.ask('fault:chat-hostile');
  await expect(chat.last.locator('a')).toHaveCount(2);
  await chat.ask('fault:chat-link');
  await expect(chat.last.locator('a')).toHaveCount(1);
  await chat.ask('fault:chat-content');
  await expect(chat.pictures).toHaveCount(1);
  expect(thrown).toEqual([]);
  // A script that is loaded ahead may still be on its way.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
