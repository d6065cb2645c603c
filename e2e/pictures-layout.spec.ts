import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';

// Where the pictures of a run stand, before they come and after.

test('a run shows places in its shape at once, its time, and leaves the form free', async ({
  page,
  studio,
}) => {
  await studio.choose('Size', '16:9');
  await page.getByTestId('count').fill('2');
  // A run of the same kind came before, and took its time, so that there is something to measure against.
  await studio.run('shape before fault:kept-alive');
  await expect(studio.cards.getByRole('timer')).toContainText(/00:(0[6-9]|[1-5]\d)/);
  releaseStep();
  await expect(studio.pictures).toHaveCount(2);
  await expect(studio.stop).toHaveCount(0);
  await studio.run('shape fault:held');
  const card = studio.cards.first();
  const places = card.getByTestId('place');
  await expect(places).toHaveCount(2);
  await expect(places.first()).toContainText('waiting');
  for (const place of await places.all()) {
    const box = await place.locator('div').first().boundingBox();
    expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(16 / 9, 1);
  }
  await expect(card.getByRole('timer')).toContainText(/\d\d:\d\d of about 00:(0[6-9]|[1-5]\d)/);
  await expect(card.getByRole('timer')).toContainText('0 of 2 shown');
  await expect(card.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /\d/);
  await studio.arrived('shape fault:held');
  await studio.prompt.fill('typed meanwhile');
  releaseStep();
  await expect(card.getByRole('timer')).toContainText('1 of 2 shown');
  await expect(page.getByText('1 of 2 shown').first()).toHaveRole('status');
  await page.keyboard.type(' and on');
  releaseStep();
  await expect(card).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByText('Finished. 2 pictures shown.')).toHaveRole('status');
  await expect(studio.prompt).toHaveValue('typed meanwhile and on');
  await expect(studio.prompt).toBeFocused();
  await studio.run('one less');
  await expect(card).toContainText('1 picture was returned of 2 requested');
});

test('a place is as tall as the picture that comes into it, and four tall ones stand in one row', async ({
  page,
  studio,
}) => {
  await page.getByTestId('count').fill('2');
  await studio.run('height fault:held');
  const heights = async (role: 'place' | 'picture') => {
    const all = role === 'place' ? page.getByTestId('place') : page.getByRole('figure');
    const boxes = await Promise.all((await all.all()).map((one) => one.boundingBox()));
    return boxes.map((box) => Math.round(box?.height ?? 0));
  };
  await studio.arrived('height fault:held');
  await expect(page.getByTestId('place')).toHaveCount(2);
  const [empty] = await heights('place');
  releaseStep();
  await expect(studio.pictures).toHaveCount(1);
  releaseStep();
  await expect(studio.pictures).toHaveCount(2);
  // What fades in begins a little smaller.
  await expect.poll(() => heights('picture')).toEqual([empty, empty]);

  await page.setViewportSize({ width: 1440, height: 900 });
  await studio.choose('Size', '9:16');
  await page.getByTestId('count').fill('4');
  await studio.run('tall fault:held');
  await expect(page.getByTestId('place')).toHaveCount(4);
  const tops = await page
    .getByTestId('place')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
  await studio.stop.click();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('the buttons of a picture cover none of it, and are large enough', async ({
    page,
    studio,
  }) => {
    await studio.run('by finger');
    const figure = page.getByRole('figure');
    const buttons = [
      figure.getByRole('link', { name: /^Download/ }),
      figure.getByRole('button', { name: 'Copy', exact: true }),
      figure.getByRole('button', { name: 'Delete this picture' }),
    ];
    for (const button of buttons) {
      // What fades in begins a little smaller.
      await expect
        .poll(async () => {
          const box = await button.boundingBox();
          return Math.min(box?.width ?? 0, box?.height ?? 0);
        })
        .toBeGreaterThanOrEqual(40);
      const picture = await studio.pictures.boundingBox();
      const box = await button.boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual((picture?.y ?? 0) + (picture?.height ?? 0));
    }
  });
});
