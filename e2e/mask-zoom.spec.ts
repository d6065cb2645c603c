import { differingPixels, downloadMask, expectedMask, shownPicture } from './mask-file';
import { drag, fourK, openPicture, setSize } from './mask-page';
import { expect, test } from './studio';

// Painting on a picture that is larger than it is shown.

test('zoomed in, the mask is painted where the pointer is; Shift draws straight', async ({
  page,
  studio,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  const surface = await openPicture(page, studio.app.url, fourK);
  await surface.hover();
  const { x, y, width, height } = (await surface.boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.move(x + width * 0.75, y + height * 0.25);
  await page.mouse.wheel(0, -800);
  await expect.poll(async () => (await surface.boundingBox())?.width).toBeGreaterThan(width * 2);
  await page.keyboard.press('1');
  await expect.poll(async () => (await surface.boundingBox())?.width).toBe(fourK.width);
  const { stroke } = await shownPicture(surface, fourK);
  const middle = [Math.round(x + width / 2), Math.round(y + height / 2)] as const;
  await setSize(page, 31);
  await page.mouse.click(...middle);
  const end = [middle[0] + 180, middle[1] + 70] as const;
  await page.keyboard.down('Shift');
  await page.mouse.click(...end);
  await page.keyboard.up('Shift');
  const style = { mode: 'add', hardness: 1 } as const;
  const expected = expectedMask(fourK, [
    { kind: 'stroke', style, points: stroke([middle], 15.5) },
    { kind: 'stroke', style, points: stroke([middle, end], 15.5) },
  ]);
  expect(differingPixels(await downloadMask(page), expected)).toBe(0);

  // With the space bar, and with the middle button, the same drag moves the picture.
  const before = await surface.boundingBox();
  await page.keyboard.down(' ');
  await drag(page, [middle, [middle[0] + 60, middle[1] + 30]]);
  await page.keyboard.up(' ');
  await expect.poll(async () => (await surface.boundingBox())?.x).toBe((before?.x ?? 0) + 60);
  await page.mouse.move(...middle);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(middle[0] - 60, middle[1] - 30);
  await page.mouse.up({ button: 'middle' });
  await expect.poll(async () => (await surface.boundingBox())?.x).toBe(before?.x);
  expect(differingPixels(await downloadMask(page), expected)).toBe(0);
  await page.keyboard.press('0');
  await expect.poll(async () => (await surface.boundingBox())?.width).toBe(width);
});
