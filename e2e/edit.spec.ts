import sharp from 'sharp';
import { oddPictures } from '../lib/core/bytes/odd-pictures.setup';
import { addReferences, drawOn, openEdit, pictureFile, placeOf } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import { partsOf } from './multipart-parts';
import { expect, test } from './studio';

// What an edit sends, byte for byte, and what can be done with what came of it.

test.beforeEach(async ({ page, studio }) => {
  await openEdit(page, studio.app.url);
});

test('the gift basket: four references as image[], in their order and to the byte', async ({
  page,
  studio,
}) => {
  const names = ['body-lotion.png', 'bath-bomb.png', 'incense-kit.png', 'soap.png'];
  const colours = ['#31748f', '#eb6f92', '#9ccfd8', '#c4a7e7'];
  const files = await Promise.all(
    names.map((name, index) => pictureFile({ name, colour: colours[index] })),
  );
  await addReferences(page, files);
  await studio.choose('Size', '1:1');
  const prompt =
    "Generate a photorealistic gift basket labeled 'Relax & Unwind' with all items of the pictures.";
  await studio.run(prompt);
  await studio.arrived('Relax & Unwind');
  const sent = studio.sent('Relax & Unwind')[0] as SeenRequest;
  expect(sent.path).toMatch(/\/images\/edits$/);
  const parts = partsOf(sent);
  const images = parts.filter(({ fileName }) => fileName !== undefined);
  expect(images.map(({ name }) => name)).toEqual(names.map(() => 'image[]'));
  expect(images.map(({ fileName }) => fileName)).toEqual(names);
  for (const [index, { bytes }] of images.entries()) {
    expect(bytes.equals(files[index]?.buffer ?? Buffer.alloc(0))).toBe(true);
  }
  const fields = Object.fromEntries(
    parts
      .filter(({ fileName }) => fileName === undefined)
      .map(({ name, bytes }) => [name, String(bytes)]),
  );
  expect(fields).toMatchObject({ model: 'turing/gpt-image-2', prompt, n: '1', size: '1024x1024' });
  // Only what somebody chose: the gateway may refuse it.
  expect(fields).not.toHaveProperty('input_fidelity');
  await expect(studio.pictures).toHaveCount(1);
});

test('a single picture goes as image, with a Chinese prompt and no mask', async ({
  page,
  studio,
}) => {
  const file = await pictureFile({ name: 'body-lotion.jpg' });
  await addReferences(page, [file]);
  await studio.choose('Keep the input', 'high');
  await studio.run('将瓶子的颜色替换为蓝色\n第二行');
  await studio.arrived('将瓶子的颜色替换为蓝色\n第二行');
  const parts = partsOf(studio.sent('将瓶子的颜色替换为蓝色\n第二行')[0] as SeenRequest);
  expect(parts.map(({ name }) => name)).not.toContain('mask');
  const image = parts.find(({ name }) => name === 'image');
  expect(image?.type).toBe('image/jpeg');
  expect(image?.bytes.equals(file.buffer)).toBe(true);
  expect(String(parts.find(({ name }) => name === 'input_fidelity')?.bytes)).toBe('high');
});

test('the mask has the pixels of the first picture: clear where it was painted', async ({
  page,
  studio,
}) => {
  const file = await pictureFile({ name: 'cat.png', width: 640, height: 400 });
  await addReferences(page, [file, await pictureFile({ name: 'other.png' })]);
  await drawOn(page.getByTestId('mask-surface'), [
    [0.3, 0.5],
    [0.6, 0.5],
  ]);
  await studio.run('在透明区域添加一只橘猫，毛发细节清晰');
  await studio.arrived('在透明区域添加一只橘猫');
  const parts = partsOf(studio.sent('在透明区域添加一只橘猫')[0] as SeenRequest);
  expect(parts.filter(({ name }) => name === 'image[]')).toHaveLength(2);
  const mask = parts.find(({ name }) => name === 'mask');
  expect(mask?.type).toBe('image/png');
  const { data, info } = await sharp(mask?.bytes)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 640, height: 400 });
  const alphaAt = (x: number, y: number) => data[(y * info.width + x) * 4 + 3];
  expect(alphaAt(290, 200)).toBe(0);
  expect(alphaAt(200, 200)).toBe(0);
  for (const [x, y] of [
    [10, 10],
    [630, 390],
    [290, 20],
    [600, 200],
  ] as const) {
    expect(alphaAt(x, y)).toBe(255);
  }
});

test('a picture that is stored on its side goes byte for byte; with a mask, upright as PNG', async ({
  page,
  studio,
}) => {
  const { bytes: lying, type } = await lyingPicture();
  await addReferences(page, [{ name: 'phone.jpg', mimeType: type, buffer: lying }]);
  await studio.run('as it is stored');
  await studio.arrived('as it is stored');
  const plain = partsOf(studio.sent('as it is stored')[0] as SeenRequest);
  expect(plain.find(({ name }) => name === 'image')?.bytes.equals(lying)).toBe(true);

  await drawOn(page.getByTestId('mask-surface'), [
    [0.2, 0.1],
    [0.3, 0.1],
  ]);
  await expect(
    page.getByText('With a mask, picture 1 is sent as a PNG of what you see'),
  ).toBeVisible();
  await studio.run('as it is seen');
  await studio.arrived('as it is seen');
  const parts = partsOf(studio.sent('as it is seen')[0] as SeenRequest);
  const [image, mask] = ['image', 'mask'].map((part) => parts.find(({ name }) => name === part));
  expect(image).toMatchObject({ fileName: 'phone.png', type: 'image/png' });
  expect(await sharp(mask?.bytes).metadata()).toMatchObject({ width: 200, height: 300 });
  const pixels = (file: Buffer | undefined) => sharp(file).rotate().removeAlpha().raw().toBuffer();
  expect(await sharp(image?.bytes).metadata()).toMatchObject({ width: 200, height: 300 });
  expect((await pixels(image?.bytes)).equals(await pixels(lying))).toBe(true);
});

test('a mask lies over the same pixels in the file that is sent, whatever its header says', async ({
  page,
  studio,
}) => {
  // Behind more than is read at first, not a SHORT, with a wrong checksum.
  for (const name of ['far.png', 'long.jpg', 'spoilt.png'] as const) {
    const { bytes: buffer, turns } = oddPictures[name];
    await addReferences(page, [{ name, mimeType: '', buffer }]);
    const surface = page.getByTestId('mask-surface');
    const { width, height } = await placeOf(surface);
    expect(height > width, name).toBe(turns);
    await drawOn(surface, [
      [0.2, 0.2],
      [0.3, 0.2],
    ]);
    const seen = await sharp(buffer)
      .rotate(turns ? 90 : 0)
      .toBuffer();
    await studio.run(`over ${name}`);
    await studio.arrived(`over ${name}`);
    const parts = partsOf(studio.sent(`over ${name}`)[0] as SeenRequest);
    const [image, mask] = ['image', 'mask'].map((part) => parts.find((one) => one.name === part));
    // Where the mask is open, the file as programs read it that know of no orientation has what was seen.
    const hole = await holeOf(mask?.bytes);
    expect(await colourAt(image?.bytes, hole), name).toEqual(await colourAt(seen, hole));
    expect(image?.bytes.equals(buffer), name).toBe(!turns);
    await page.getByTestId('ref-thumb').press('Delete');
    await expect(page.getByTestId('ref-thumb')).toHaveCount(0);
  }
});

test('sixteen references go along, and a mask of 4096 × 4096 for the first', async ({
  page,
  studio,
}) => {
  const side = 4096;
  const files = [
    await pictureFile({ name: '1.png', width: side, height: side }),
    ...(await Promise.all(
      Array.from({ length: 15 }, (_, index) => pictureFile({ name: `${index + 2}.png` })),
    )),
  ];
  await addReferences(page, files);
  await expect(page.getByText(/^16 \/ 16/)).toBeVisible();
  await drawOn(page.getByTestId('mask-surface'), [
    [0.25, 0.5],
    [0.75, 0.5],
  ]);
  await studio.run('all of them');
  await studio.arrived('all of them');
  const parts = partsOf(studio.sent('all of them')[0] as SeenRequest);
  const images = parts.filter(({ name }) => name === 'image[]');
  expect(images.map(({ fileName }) => fileName)).toEqual(files.map(({ name }) => name));
  for (const [index, { bytes }] of images.entries()) {
    expect(bytes.equals(files[index]?.buffer ?? Buffer.alloc(0))).toBe(true);
  }
  const mask = sharp(parts.find(({ name }) => name === 'mask')?.bytes);
  expect(await mask.metadata()).toMatchObject({ width: side, height: side, format: 'png' });
});

test('GPT-image-1 edits as well, at one of its own sizes', async ({ page, studio }) => {
  await page.getByTestId('model').selectOption('turing/gpt-image-1');
  const file = await pictureFile({ name: 'tall.png', width: 400, height: 600 });
  await addReferences(page, [file]);
  await page.getByRole('button', { name: 'Match input · 1024 × 1536' }).click();
  await studio.run('with the older one');
  await studio.arrived('with the older one');
  const parts = partsOf(studio.sent('with the older one')[0] as SeenRequest);
  const field = (part: string) => String(parts.find(({ name }) => name === part)?.bytes);
  expect([field('model'), field('size')]).toEqual(['turing/gpt-image-1', '1024x1536']);
  expect(parts.find(({ name }) => name === 'image')?.bytes.equals(file.buffer)).toBe(true);
});

test('models that cannot edit are named, with the page that can use them', async ({ page }) => {
  await expect(page.getByText('Cannot edit: Seedream 4.5.')).toBeVisible();
  await page.getByRole('link', { name: 'Use them on the Chat page' }).click();
  await expect(page).toHaveURL(/\/chat$/);
});

/** 300 × 200 in the file, 200 × 300 as it is seen. */
async function lyingPicture() {
  const { buffer } = await pictureFile({ name: 'any.png', width: 300, height: 200 });
  const bytes = await sharp(buffer).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  return { bytes, type: 'image/jpeg' };
}

/** The middle of what is transparent in a mask. */
async function holeOf(mask: Buffer | undefined) {
  const { data, info } = await sharp(mask).raw().toBuffer({ resolveWithObject: true });
  const places = [...Array(info.width * info.height).keys()].filter((at) => data[at * 4 + 3] === 0);
  const middle = places[Math.floor(places.length / 2)] ?? 0;
  return { left: middle % info.width, top: Math.floor(middle / info.width), of: info };
}

/** The colour of a pixel, roughly, as the file stores it. */
async function colourAt(
  file: Buffer | undefined,
  { left, top, of }: Awaited<ReturnType<typeof holeOf>>,
) {
  const { width, height } = await sharp(file).metadata();
  expect({ width, height }).toEqual({ width: of.width, height: of.height });
  const pixel = await sharp(file)
    .removeAlpha()
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer();
  return [...pixel].map((value) => Math.round(value / 32));
}
