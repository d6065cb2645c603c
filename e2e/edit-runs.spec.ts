import { addReferences, drawOn, openEdit, pictureFile } from './edit-page';
import { onePixel, releaseStep, type SeenRequest } from './fault-upstream';
import { type Part, partsOf } from './multipart-parts';
import { differentPictures } from './sample-pictures';
import { expect, test } from './studio';

// Edits as runs: what happens to them on the way, and how one leads to the next.

const stroke = [
  [0.3, 0.5],
  [0.6, 0.5],
] as const;
const partOf = (parts: readonly Part[], name: string) => parts.find((part) => part.name === name);
const sentParts = (request: SeenRequest | undefined) => partsOf(request as SeenRequest);

test.beforeEach(async ({ page, studio }) => {
  await openEdit(page, studio.app.url);
});

test('an edit goes on when the page is reloaded, and is sent once', async ({ page, studio }) => {
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  await studio.run('once fault:held');
  await studio.arrived('once fault:held');
  await page.reload();
  await expect(studio.stop).toBeVisible();
  releaseStep();
  await expect(studio.pictures).toHaveCount(1);
  releaseStep();
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await expect(studio.pictures).toHaveCount(2);
  expect(studio.sent('once fault:held')).toHaveLength(1);
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
});

test('what is still being read goes along, and nothing goes out without what is refused', async ({
  page,
  studio,
}) => {
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  const second = await pictureFile({ name: 'dog.png', colour: '#9ccfd8' });
  /** Chooses a file and clicks before it can have been read. */
  const addAndRun = (file: { name: string; mimeType: string; buffer: Buffer }) =>
    page.evaluate(
      ({ name, type, bytes }) => {
        const [input, button] = ['ref-input', 'submit'].map((id) =>
          document.querySelector<HTMLElement>(`[data-testid="${id}"]`),
        );
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
        (input as HTMLInputElement).files = transfer.files;
        input?.dispatchEvent(new Event('change', { bubbles: true }));
        button?.click();
      },
      { name: file.name, type: file.mimeType, bytes: [...file.buffer] },
    );
  await studio.prompt.fill('both');
  await addAndRun(second);
  await studio.arrived('both');
  const files = sentParts(studio.sent('both')[0]).filter(({ name }) => name.startsWith('image'));
  expect(files).toHaveLength(2);
  expect(files[1]?.bytes.equals(second.buffer)).toBe(true);
  await studio.prompt.fill('not without it');
  await addAndRun({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByText('notes.png').first()).toBeVisible();
  await expect(page.getByTestId('submit')).toHaveText(/^Edit/);
  expect(studio.sent('not without it')).toEqual([]);
});

for (const locale of ['en', 'zh']) {
  test(`a run that is late can be stopped: the button stays in its card (${locale})`, async ({
    page,
    context,
    studio,
  }) => {
    await context.addCookies([{ name: 'locale', value: locale, url: studio.app.url }]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await openEdit(page, studio.app.url);
    await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
    await studio.run('quick');
    await expect(studio.pictures).toHaveCount(1);
    // Of the same kind, so it was expected to be as quick.
    await studio.run('late fault:held');
    await studio.arrived('late fault:held');
    const card = studio.cards.first();
    await expect(card.getByRole('timer')).toContainText(/usually|通常/);
    const [button, frame] = [await studio.stop.boundingBox(), await card.boundingBox()];
    if (!button || !frame) throw new Error('There is no card with a button.');
    expect(button.x + button.width).toBeLessThanOrEqual(frame.x + frame.width + 1);
    releaseStep();
    releaseStep();
  });
}

test('a try after a 429 sends the same files, even if they were taken off meanwhile', async ({
  page,
  studio,
}) => {
  await addReferences(page, [await pictureFile({ name: 'cat.png', width: 400 })]);
  await drawOn(page.getByTestId('mask-surface'), stroke);
  await studio.run('limited fault:rate-limit-twice');
  await studio.arrived('limited');
  await page
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click();
  await expect(page.getByTestId('ref-thumb')).toHaveCount(0);
  await expect(studio.pictures).toHaveCount(1);
  const tries = studio.sent('limited').map(sentParts);
  expect(tries).toHaveLength(3);
  for (const name of ['image', 'mask']) {
    const [first, ...others] = tries.map((parts) => partOf(parts, name)?.bytes ?? Buffer.alloc(0));
    expect(first?.length).toBeGreaterThan(0);
    for (const bytes of others) expect(bytes.equals(first as Buffer)).toBe(true);
  }
});

test('where the gateway refuses input_fidelity, the same can be sent without it', async ({
  page,
  studio,
}) => {
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  await studio.choose('Keep the input', 'high');
  await studio.run('fault:no-fidelity');
  await page.getByRole('button', { name: 'Send again without Keep the input' }).click();
  await expect(studio.pictures).toHaveCount(1);
  const [refused, repeated] = studio.sent('fault:no-fidelity').map(sentParts);
  expect(partOf(refused ?? [], 'input_fidelity')).toBeDefined();
  expect(partOf(repeated ?? [], 'input_fidelity')).toBeUndefined();
  expect(partOf(repeated ?? [], 'image')?.bytes).toEqual(partOf(refused ?? [], 'image')?.bytes);
});

test('a result becomes the next reference in one click, and the chain is remembered', async ({
  page,
  studio,
}) => {
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  await studio.run('first fault:different');
  await expect(studio.pictures).toHaveCount(4);
  await page.getByRole('button', { name: 'Edit this' }).nth(2).click();
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
  await expect(studio.prompt).toBeFocused();
  await studio.run('second step');
  await studio.arrived('second step');
  const parts = sentParts(studio.sent('second step')[0]);
  expect(partOf(parts, 'image')?.bytes).toEqual(Buffer.from(differentPictures[2] ?? '', 'base64'));
  expect(partOf(parts, 'mask')).toBeUndefined();
  await expect(page.getByRole('button', { name: 'Step 2 of a chain' })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Step 2 of a chain' }).click();
  await expect(studio.cards.filter({ hasText: 'first fault' })).toBeFocused();
});

test('the settings of an edit bring its pictures and its mask back', async ({ page, studio }) => {
  const file = await pictureFile({ name: 'cat.png', width: 640, height: 400 });
  await addReferences(page, [file]);
  await drawOn(page.getByTestId('mask-surface'), stroke);
  await studio.run('with a mask');
  await expect(studio.pictures).toHaveCount(1);
  const before = sentParts(studio.sent('with a mask')[0]);
  await page
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click();
  await addReferences(page, [await pictureFile({ name: 'dog.png', colour: '#eb6f92' })]);
  await studio.prompt.fill('something else');

  await page.getByRole('button', { name: 'Use these settings' }).click();
  await expect(studio.prompt).toHaveValue('with a mask');
  await expect(page.getByText(/The mask covers .+ of the picture/)).toBeVisible();
  await studio.prompt.fill('with a mask, again');
  await studio.submit.click();
  await studio.arrived('with a mask, again');
  const after = sentParts(studio.sent('with a mask, again')[0]);
  expect(partOf(after, 'image')?.bytes.equals(file.buffer)).toBe(true);
  expect(partOf(after, 'mask')?.bytes).toEqual(partOf(before, 'mask')?.bytes);

  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(studio.prompt).toHaveValue('something else');
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
  await expect(page.getByTestId('ref-thumb')).toHaveAccessibleName(/dog/);
});

test('a picture of the Generate page can be edited in one click', async ({ page, studio }) => {
  await page.goto(studio.app.url);
  await studio.run('a boat');
  await expect(studio.pictures).toHaveCount(1);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.getByTestId('mask-surface')).toBeVisible();
  await expect(studio.prompt).toBeFocused();
  // Nothing was moved for it, and what is added later moves nothing either.
  await addReferences(page, [await pictureFile({ name: 'sail.png' })]);
  await expect(page.getByText('The previous one is number 2')).toHaveCount(0);
  await page.getByTestId('ref-thumb').nth(1).press('Delete');
  await studio.run('with a sail');
  await studio.arrived('with a sail');
  const parts = sentParts(studio.sent('with a sail')[0]);
  expect(partOf(parts, 'image')?.bytes).toEqual(Buffer.from(onePixel, 'base64'));
});

test('a picture of the Generate page goes before those of the draft, which keep their masks', async ({
  page,
  studio,
}) => {
  await addReferences(page, [await pictureFile({ name: 'cat.png' })]);
  await drawOn(page.getByTestId('mask-surface'), stroke);
  await expect(page.getByTestId('ref-thumb')).toContainText('mask');
  // A new load: the draft is looked up only once it is needed.
  await page.goto(studio.app.url);
  await studio.run('a boat');
  await expect(studio.pictures).toHaveCount(1);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const thumbs = page.getByTestId('ref-thumb');
  await expect(thumbs).toHaveCount(2);
  await expect(thumbs.nth(1)).toHaveAccessibleName('Reference 2: cat.png');
  await expect(page.getByText('The previous one is number 2 and keeps its mask')).toBeVisible();
  await thumbs.nth(1).press('Alt+Home');
  await expect(thumbs.first()).toContainText('mask');
  await expect(page.getByText('The previous one is number 2')).toHaveCount(0);
});

test('with a mask the size follows the picture, and another shape is warned of', async ({
  page,
  studio,
}) => {
  await addReferences(page, [await pictureFile({ name: 'cat.png', width: 1536, height: 1024 })]);
  await drawOn(page.getByTestId('mask-surface'), stroke);
  const warning = page.getByText('another shape than the picture');
  await expect(warning).toHaveCount(0);
  // Also with a mask that was painted before.
  await page.reload();
  await expect(page.getByText(/The mask covers .+ of the picture/)).toBeVisible();
  await studio.run('as it is');
  await studio.arrived('as it is');
  expect(partOf(sentParts(studio.sent('as it is')[0]), 'size')?.bytes.toString()).toBe('1536x1024');

  await studio.choose('Size', '1:1');
  await expect(warning).toBeVisible();
  await page.getByRole('button', { name: 'Match input · 1536 × 1024' }).first().click();
  await expect(warning).toHaveCount(0);

  // What a result has replaced is said, and undone, at the picture.
  await page.getByRole('button', { name: 'Edit this' }).click();
  const stage = page.getByRole('region', { name: 'Picture and mask' });
  await expect(stage).toContainText('Replaced: cat.png');
  await stage.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByTestId('ref-thumb')).toHaveAccessibleName('Reference 1: cat.png');
  await expect(page.getByTestId('ref-thumb')).toContainText('mask');
});

test('without a picture nothing is sent, and the page says what is missing', async ({
  page,
  studio,
}) => {
  await studio.run('a hat');
  await expect(page.getByText(/Add a picture first/)).toBeVisible();
  await expect(studio.cards).toHaveCount(0);
  expect(studio.sent('a hat')).toHaveLength(0);
});
