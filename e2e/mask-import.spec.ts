import sharp from 'sharp';
import { drawOn } from './edit-page';
import { differingPixels, downloadMask, expectedMask, shareOf } from './mask-file';
import { openPicture, small, undoOf } from './mask-page';
import { expect, test } from './studio';

// Masks that come from files.

/** A mask file of so many pixels with its left half marked. */
async function maskFile(name: string, kind: 'alpha' | 'white', { width, height } = small) {
  const whole = { width, height, channels: 4, background: '#000' } as const;
  const input = { create: { ...whole, width: width / 2, background: '#fff' } };
  const blend = kind === 'alpha' ? 'dest-out' : 'over';
  const marked = sharp({ create: whole }).composite([{ input, left: 0, top: 0, blend }]);
  const image = kind === 'alpha' ? marked : sharp(await marked.png().toBuffer()).flatten();
  return { name, mimeType: 'image/png', buffer: await image.png().toBuffer() };
}

/** A rectangle with round corners, as a stencil. */
const cornersOf = ({ width, height }: typeof small) =>
  Buffer.from(
    `<svg width="${width}" height="${height}"><rect width="100%" height="100%" rx="16"/></svg>`,
  );

test('a mask is imported by its transparency or its white, scaled only when asked to', async ({
  page,
  studio,
}) => {
  const surface = await openPicture(page, studio.app.url);
  await drawOn(surface, [
    [0.7, 0.2],
    [0.9, 0.8],
  ]);
  const before = await downloadMask(page);
  const choose = (file: Awaited<ReturnType<typeof maskFile>>) =>
    page.getByTestId('mask-import').setInputFiles([file]);
  const half = expectedMask(small, [
    { kind: 'rectangle', mode: 'add', area: { left: 0, top: 0, width: 160, height: 240 } },
  ]);

  await choose(await maskFile('clear.png', 'alpha'));
  await expect(page.getByText('Read by transparency')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
  // One step: what was painted before comes back at once.
  await undoOf(page).click();
  expect(differingPixels(await downloadMask(page), before)).toBe(0);

  await choose(await maskFile('white.png', 'white'));
  await expect(page.getByText('Read as black and white')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
  await page.getByRole('button', { name: 'Wrong way round?' }).click();
  expect(shareOf(await downloadMask(page))).toBeCloseTo(0.5, 6);
  expect((await downloadMask(page)).data[0]).toBe(0);

  await undoOf(page).click();
  await undoOf(page).click();
  await choose(await maskFile('large.png', 'alpha', { width: 640, height: 640 }));
  const offer = page.getByText('The mask is 640 × 640, the picture is 320 × 240.');
  await expect(offer).toContainText('stretched');
  expect(differingPixels(await downloadMask(page), before)).toBe(0);
  await page.getByRole('button', { name: 'Scale to 320 × 240' }).click();
  await expect(page.getByText('Read by transparency')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);

  // Round corners do not turn a black-and-white mask over; the other reading is one click away.
  const corners = { input: cornersOf(small), blend: 'dest-in' } as const;
  const white = await maskFile('round.png', 'white');
  const buffer = await sharp(white.buffer).ensureAlpha().composite([corners]).png().toBuffer();
  await choose({ ...white, buffer });
  await expect(page.getByText('Read as black and white:')).toBeVisible();
  expect(shareOf(await downloadMask(page))).toBeCloseTo(0.5, 2);
  await page.getByRole('button', { name: 'Read by transparency instead' }).click();
  await expect(page.getByText('Read by transparency:')).toBeVisible();
  expect(shareOf(await downloadMask(page))).toBeLessThan(0.01);
  await undoOf(page).click();
  await undoOf(page).click();

  // The black and white of video, with the noise of JPEG, are black and white; faded ones on request.
  const levels = (dark: number, light: number) => {
    const flat = { width: small.width, height: small.height, channels: 3 } as const;
    const grey = (value: number) => `rgb(${value},${value},${value})`;
    const input = { create: { ...flat, width: small.width / 2, background: grey(light) } };
    return sharp({ create: { ...flat, background: grey(dark) } })
      .composite([{ input, left: 0, top: 0 }])
      .jpeg({ quality: 60 })
      .toBuffer();
  };
  await choose({ name: 'video.jpg', mimeType: 'image/jpeg', buffer: await levels(16, 235) });
  await expect(page.getByText('Read as black and white:')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
  await choose({ name: 'faded.jpg', mimeType: 'image/jpeg', buffer: await levels(50, 200) });
  await page.getByRole('button', { name: 'Make the edges hard' }).click();
  await expect(page.getByText('marked only in part')).toHaveCount(0);
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
  for (let step = 0; step < 3; step++) await undoOf(page).click();

  await choose({
    name: 'notes.png',
    mimeType: 'image/png',
    buffer: Buffer.from('These are notes.'),
  });
  await expect(page.getByText('notes.png cannot be read as a picture')).toBeVisible();
  expect(differingPixels(await downloadMask(page), half)).toBe(0);
});
