import { randomBytes } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';

/** A picture with something in it to recognise, as a file to choose. */
export async function pictureFile({
  name,
  width = 320,
  height = 240,
  colour = '#31748f',
}: {
  name: string;
  width?: number;
  height?: number;
  colour?: string;
}): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${colour}"/>
    <circle cx="30%" cy="50%" r="20%" fill="#f6c177"/></svg>`;
  const image = sharp(Buffer.from(drawing)).flatten();
  const isJpeg = /\.jpe?g$/.test(name);
  const buffer = await (isJpeg ? image.jpeg() : image.png()).toBuffer();
  return { name, mimeType: isJpeg ? 'image/jpeg' : 'image/png', buffer };
}

/** A picture that no format makes smaller, of half a megabyte, as a file to choose. */
export async function noiseFile(
  name: string,
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const sides = { width: 400, height: 400, channels: 3 } as const;
  const buffer = await sharp(randomBytes(400 * 400 * 3), { raw: sides })
    .png()
    .toBuffer();
  return { name, mimeType: 'image/png', buffer };
}

/** Opens the Edit page and waits until its draft is there. */
export async function openEdit(page: Page, url = ''): Promise<void> {
  await page.goto(`${url}/edit`);
  await expect(page.getByTestId('submit')).toBeEnabled();
}

/** Chooses files as references, and waits until they are all there. */
export async function addReferences(
  page: Page,
  files: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  const thumbs = page.getByTestId('ref-thumb');
  const before = await thumbs.count();
  await page.getByTestId('ref-input').setInputFiles(files);
  await expect(thumbs).toHaveCount(before + files.length);
  await expect(page.getByTestId('mask-surface')).toBeVisible();
}

/** Where the picture is, once it has come to rest: it has no size until it is fitted to its stage. */
export async function placeOf(surface: Locator) {
  await surface.hover({ trial: true });
  const box = await surface.boundingBox();
  if (!box) throw new Error('The picture is not shown.');
  return box;
}

/** Draws on the picture with the mouse, through places given as shares of its sides. */
export async function drawOn(
  surface: Locator,
  places: readonly (readonly [x: number, y: number])[],
): Promise<void> {
  const page = surface.page();
  const box = await placeOf(surface);
  const [first = [0, 0], ...rest] = places.map(
    ([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const,
  );
  await page.mouse.move(first[0], first[1]);
  await page.mouse.down();
  for (const [x, y] of rest) await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
}
