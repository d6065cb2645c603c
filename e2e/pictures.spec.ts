import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { onePixel } from './fault-upstream';
import { differentPictures } from './sample-pictures';
import { expect, test } from './studio';

// What came of a run: what its pictures are, and everything that can be done with them.

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');
const saved = async (download: Download) => readFile(await download.path());
const clipboardPicture = (page: Page) =>
  page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const png = await item?.getType('image/png');
    if (!item || !png) return null;
    const { width, height } = await createImageBitmap(png);
    const head = [...new Uint8Array(await png.slice(0, 4).arrayBuffer())];
    return { types: [...item.types], head, width, height };
  });

test('the pictures of a run: what they are, downloaded, looked at, deleted and brought back', async ({
  page,
  studio,
}) => {
  test.slow();
  await test.step('tells what each picture is, and marks what was not asked for', async () => {
    await studio.choose('Size', '1:1');
    await page.getByTestId('count').fill('4');
    await studio.choose('Background', 'transparent');
    await studio.run('the Red Boat, in a harbour fault:different');
    await expect(studio.pictures).toHaveCount(4);
    const [pixel, translucent, opaque, photo] = await page
      .getByRole('figure')
      .locator('figcaption')
      .allTextContents();
    expect(pixel).toContain('⚠ 1 × 1 (asked for 1024 × 1024)');
    expect(pixel).toContain('PNG');
    expect(pixel).not.toContain('⚠ PNG');
    expect(pixel).toContain(`${bytesOf(onePixel).length} bytes`);
    expect(pixel).toContain('alpha');
    expect(translucent).toContain('⚠ 16 × 24 (asked for 1024 × 1024)');
    expect(opaque).toContain('⚠ no transparency (asked for alpha)');
    expect(photo).toContain('⚠ JPEG (asked for PNG)');
    expect(photo).toContain('24 × 16');
  });

  await test.step('downloads the very bytes that the gateway sent, one by one and as a ZIP', async () => {
    const names = ['png', 'png', 'png', 'jpg'].map(
      (ending, index) => `red-boat-harbour-fault-different-${index + 1}.${ending}`,
    );
    // When it was asked for tells two runs of one prompt apart.
    const withoutMoment = (name: string) => name.replace(/-\d{4}-\d{6}(?=[-.])/, '');
    const links = page.getByRole('link', { name: /^Download red-boat/ });
    await expect(links).toHaveCount(4);
    for (const [index, name] of names.entries()) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        links.nth(index).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/-\d{4}-\d{6}-\d\.\w+$/);
      expect(withoutMoment(download.suggestedFilename())).toBe(name);
      expect(await saved(download)).toEqual(bytesOf(differentPictures[index] ?? ''));
    }
    const [archive] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download all 4 as ZIP' }).click(),
    ]);
    expect(withoutMoment(archive.suggestedFilename())).toBe('red-boat-harbour-fault-different.zip');
    const entries = readZip(await saved(archive));
    expect(entries.map(({ name }) => withoutMoment(name))).toEqual(names);
    expect(entries.map(({ bytes }) => bytes)).toEqual(differentPictures.map(bytesOf));
  });

  await test.step('the viewer opens, goes through the pictures, zooms, and gives the focus back', async () => {
    const viewer = page.getByRole('dialog', { name: 'Picture viewer' });
    const shown = viewer.getByRole('img');
    const openers = page.getByRole('button', { name: /^View large/ });
    await openers.nth(1).click();
    await expect(viewer).toBeVisible();
    await expect(viewer).toContainText('2 of 4');
    await expect(shown).toHaveJSProperty('naturalWidth', 16);
    await page.keyboard.press('ArrowRight');
    await expect(shown).toHaveJSProperty('naturalWidth', 32);
    await page.keyboard.press('End');
    await expect(shown).toHaveJSProperty('naturalWidth', 24);
    await page.keyboard.press('ArrowRight');
    await expect(viewer).toContainText('4 of 4');
    await page.keyboard.press('Home');
    await expect(shown).toHaveJSProperty('naturalWidth', 1);
    await viewer.getByRole('button', { name: 'Next picture' }).click();
    await expect(viewer).toContainText('2 of 4');

    const width = async () => (await shown.boundingBox())?.width ?? 0;
    const grown = async (action: () => Promise<void>) => {
      const before = await width();
      await action();
      await expect.poll(width).toBeGreaterThan(before);
    };
    await grown(() => page.keyboard.press('+'));
    await shown.hover();
    await grown(() => page.mouse.wheel(0, -300));
    await grown(() => viewer.getByRole('button', { name: 'Zoom in' }).click());
    await page.keyboard.press('1');
    await expect.poll(width).toBe(16);
    await page.keyboard.press('+');
    await expect(viewer.getByRole('button', { name: /^Show the whole/ })).toBeVisible();
    await page.keyboard.press('0');
    await expect(viewer.getByRole('button', { name: /^Show at 100%/ })).toBeVisible();
    await shown.dblclick();
    await expect(viewer.getByRole('button', { name: /^Show the whole/ })).toBeVisible();
    await page.keyboard.press('0');

    // Nothing of the page behind it hears a key.
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toHaveCount(1);
    await page.keyboard.press('Escape');
    // Closed it is at once; it can open again when it is gone.
    await expect(page.locator('dialog[aria-label="Picture viewer"]')).toHaveCount(0);
    await expect(studio.cards).toHaveCount(1);
    await expect(openers.nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(viewer).toBeVisible();
    await viewer.getByRole('button', { name: 'Close' }).click();
    await expect(openers.nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(viewer).toBeVisible();
    await page.goBack();
    await expect(viewer).toHaveCount(0);
    await expect(openers.nth(1)).toBeFocused();
  });

  await test.step('a picture and the run are deleted and come back, also over a reload', async () => {
    await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
    const body = page.locator('body');
    const remove = page.getByRole('button', { name: 'Delete this picture' });
    await remove.nth(1).press('Enter');
    await expect(studio.pictures).toHaveCount(3);
    const undo = page.getByRole('button', { name: 'Undo' });
    await expect(undo).toBeFocused();
    await undo.press('Enter');
    await expect(studio.pictures).toHaveCount(4);
    await expect(body).not.toBeFocused();
    await remove.nth(3).press('Enter');
    await expect(studio.pictures).toHaveCount(3);
    await page.reload();
    await expect(studio.pictures).toHaveCount(3);
    // A ZIP holds what is left.
    await expect(page.getByRole('button', { name: 'Download all 3 as ZIP' })).toBeVisible();

    await page.getByRole('button', { name: 'Remove this run' }).press('Enter');
    await expect(studio.cards).toHaveCount(0);
    await expect(studio.recent).toHaveCount(0);
    await expect(undo).toBeFocused();
    await undo.press('Enter');
    await expect(studio.cards).toBeFocused();
    await expect(studio.pictures).toHaveCount(3);
    await expect(studio.recent).toHaveCount(1);
    await page.reload();
    await expect(studio.pictures).toHaveCount(3);
    await page.getByRole('button', { name: 'Remove this run' }).press('Enter');
    await expect(undo).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'What do you want to make?' })).toBeVisible();
    await expect(studio.recent).toHaveCount(0);
  });
});

test('copies a picture as PNG, a JPEG too', async ({ page, context, studio }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.choose('Format', 'JPEG');
  await studio.run('to copy fault:jpeg');
  await page.getByRole('figure').hover();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await clipboardPicture(page)).toEqual({
    types: ['image/png'],
    head: [0x89, 0x50, 0x4e, 0x47],
    width: 24,
    height: 16,
  });
});

test('marks nothing where nothing particular was asked for; says why a copy failed, and offers the download', async ({
  page,
  studio,
}) => {
  await studio.run('left open');
  await expect(page.locator('figcaption')).toContainText('1 × 1');
  await expect(page.locator('figcaption')).not.toContainText('⚠');
  await page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.getByRole('figure').hover();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('The browser refused to copy the picture.').last()).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download instead' }).click(),
  ]);
  expect(await saved(download)).toEqual(bytesOf(onePixel));
  await expect(page.getByRole('link', { name: 'Download instead' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
});

test('a run’s settings are used again, and what they replaced comes back', async ({
  page,
  studio,
}) => {
  await studio.choose('Size', '16:9');
  await studio.choose('Quality', 'medium');
  await studio.run('settings of old');
  await expect(studio.pictures).toHaveCount(1);
  await studio.prompt.fill('something new');
  await studio.choose('Size', '1:1');
  await studio.choose('Quality', 'low');
  await page.getByRole('button', { name: 'Use these settings' }).click();
  await expect(studio.prompt).toHaveValue('settings of old');
  await expect(page.getByText('✓ 1536 × 864')).toBeVisible();
  await expect(studio.group('Quality').getByLabel('medium')).toBeChecked();
  await page.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(studio.prompt).toHaveValue('something new');
  await expect(page.getByText('✓ 1024 × 1024')).toBeVisible();
  await expect(studio.group('Quality').getByLabel('low')).toBeChecked();
  await expect(page.locator('body')).not.toBeFocused();
});

/** The files of a ZIP whose entries are stored as they are, by its central directory. */
function readZip(zip: Buffer): { name: string; bytes: Buffer }[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const method = zip.readUInt16LE(at + 10);
    expect(method).toBe(0);
    const size = zip.readUInt32LE(at + 24);
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    return { name, bytes: zip.subarray(start, start + size) };
  });
}
