import { test as plainTest } from '@playwright/test';
import {
  downloaded,
  feather,
  keep,
  paintBox,
  pixelsOf,
  sentence,
  sentMask,
  size,
  texturedFile,
} from './compare-page';
import { changedWidth } from './edit-faults';
import { addReferences, openEdit } from './edit-page';
import type { SeenRequest } from './fault-upstream';
import { partsOf } from './multipart-parts';
import { expect, test } from './studio';

// What an edit changed outside its mask, and the composite that puts the original back there.

plainTest(
  'the demo gateway keeps what lies outside a mask, and the page says so',
  async ({ page }) => {
    await openEdit(page);
    // Large enough for the model to make the same size.
    await addReferences(page, [await texturedFile({ width: 1024, height: 768 })]);
    await paintBox(page);
    await page.getByTestId('prompt').fill('a red kite');
    await page.getByTestId('submit').click();
    await expect(sentence(page)).toHaveText('No pixel changed outside the mask.');
  },
);

test.describe('an edit through a gateway that changes more than it should', () => {
  test.beforeEach(async ({ page, studio }) => {
    await openEdit(page, studio.app.url);
    await addReferences(page, [await texturedFile()]);
    await paintBox(page);
  });

  test('is measured, and its composite is the original outside the mask, pixel for pixel', async ({
    page,
    studio,
  }) => {
    await studio.run('strip fault:edit-left-eighth');
    await studio.arrived('strip');
    const mask = await sentMask(studio.sent('strip')[0]);
    // Three pixels round the mask are not judged.
    const isNear = (index: number) => {
      for (let y = -3; y <= 3; y++) {
        for (let x = -3; x <= 3; x++) if ((mask[index + y * size.width + x] ?? 0) > 0) return true;
      }
      return false;
    };
    const judged = mask.filter((_, index) => !isNear(index)).length;
    const share = (size.width * changedWidth * size.height) / judged;
    const percent = (share * 100).toFixed(1);
    await expect(sentence(page)).toHaveText(
      `The model changed ${percent}% of the area outside the mask.`,
    );

    await keep(page).check();
    await feather(page).fill('0');
    const composite = await pixelsOf(await downloaded(page));
    const before = await pixelsOf((await texturedFile()).buffer);
    expect(composite.info).toMatchObject(size);
    const differing = mask.filter(
      (open, index) =>
        open === 0 &&
        !composite.data
          .subarray(index * 4, index * 4 + 4)
          .equals(before.data.subarray(index * 4, index * 4 + 4)),
    );
    expect(differing).toHaveLength(0);
    await expect(page.getByText(/every pixel is identical to the original/)).toBeVisible();
  });

  test('of another shape cannot be put back; the page says so and offers the size that could', async ({
    page,
    studio,
  }) => {
    await studio.run('inside fault:edit-square');
    await studio.arrived('inside');
    // Another shape: said, with the size that would have done.
    await expect(
      page.getByText(/\(256 × 256\) differs from the original \(640 × 480\)/),
    ).toBeVisible();
    await expect(keep(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Match input size' }).click();
    const match = page.getByRole('button', { name: /^Match input ·/ });
    await expect(match).toHaveAttribute('aria-pressed', 'true');
    // A model that has no such shape says so before anything is sent.
    const warning = page.getByText('Its aspect ratio differs, so the original cannot be restored');
    await expect(warning).toHaveCount(0);
    await page.getByTestId('model').selectOption('turing/gpt-image-1');
    await expect(warning).toBeVisible();
  });

  test('that only comes in another size is not taken for a change, and is put back at full size', async ({
    page,
    studio,
  }) => {
    await studio.run('small fault:edit-half-size');
    await studio.arrived('small');
    await expect(sentence(page)).toHaveText(/(less than 0\.1 ?%|0\.\d ?%)/);
    await keep(page).check();
    const mask = await sentMask(studio.sent('small')[0]);
    const composite = await pixelsOf(await downloaded(page));
    expect(composite.info).toMatchObject(size);
    const before = await pixelsOf((await texturedFile()).buffer);
    const changed = mask.filter(
      (open, index) =>
        open === 0 &&
        composite.data.readUInt32BE(index * 4) !== before.data.readUInt32BE(index * 4),
    );
    expect(changed).toHaveLength(0);
    // What was scaled down and up again is not the same inside.
    const inside = mask.filter(
      (open, index) =>
        open > 0 && composite.data.readUInt32BE(index * 4) !== before.data.readUInt32BE(index * 4),
    );
    expect(inside.length).toBeGreaterThan(1000);
  });

  test('remembers the choice across a reload, and for the next result', async ({
    page,
    studio,
  }) => {
    await studio.run('first fault:edit-left-eighth');
    await expect(sentence(page)).toHaveText(/^The model changed/);
    await expect(keep(page)).not.toBeChecked();
    const shown = () => studio.pictures.first().getAttribute('src');
    const asItCame = await shown();
    await keep(page).check();
    await feather(page).fill('21');
    // The card's own picture is the composite now.
    await expect.poll(shown).not.toBe(asItCame);
    await page.reload();
    await expect(keep(page)).toBeChecked();
    await expect(feather(page)).toHaveValue('21');
    await studio.run('second fault:edit-left-eighth');
    await expect(sentence(page)).toHaveCount(2);
    await expect(keep(page).first()).toBeChecked();
    await expect(feather(page).first()).toHaveValue('21');
    // One that was there before keeps its own.
    await keep(page).first().uncheck();
    await expect(keep(page).nth(1)).toBeChecked();
  });

  test('gives its composite as the next reference', async ({ page, studio }) => {
    await studio.run('onward fault:edit-left-eighth');
    await keep(page).check();
    const composite = await downloaded(page);
    await page.getByTestId('edit-tools').getByRole('button', { name: 'Edit this' }).click();
    await studio.run('the next step');
    await studio.arrived('the next step');
    const parts = partsOf(studio.sent('the next step')[0] as SeenRequest);
    const image = parts.find(({ name }) => name === 'image');
    expect(image?.bytes.equals(composite)).toBe(true);
    expect(parts.map(({ name }) => name)).not.toContain('mask');
  });

  test('gives its composite with the same mask, for another try at the same place', async ({
    page,
    studio,
  }) => {
    await studio.run('try one fault:edit-left-eighth');
    await keep(page).check();
    const composite = await downloaded(page);
    await page.getByTestId('edit-tools').getByRole('button', { name: 'Same mask' }).click();
    await expect(page.getByTestId('ref-thumb')).toHaveAccessibleName(/composite/);
    await studio.run('try two');
    await studio.arrived('try two');
    const [first, second] = ['try one', 'try two'].map((text) =>
      partsOf(studio.sent(text)[0] as SeenRequest),
    );
    const fileOf = (parts: typeof first, part: string) =>
      parts?.find(({ name }) => name === part)?.bytes ?? Buffer.alloc(0);
    expect(fileOf(second, 'image').equals(composite)).toBe(true);
    expect(fileOf(second, 'mask').length).toBeGreaterThan(0);
    expect(await pixelsOf(fileOf(second, 'mask'))).toEqual(await pixelsOf(fileOf(first, 'mask')));
  });
});
