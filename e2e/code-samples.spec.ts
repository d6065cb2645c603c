import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { violations } from './axe';
import { openChat } from './chat-page';
import { addReferences, openEdit, pictureFile } from './edit-page';

// The code of a request, from a run's card, from the viewer, and from an answer. That it sends the same
// again is shown by api/code-samples.test.ts.

const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'The request as code' });

test('an edit has its code in four languages, and the very files that were sent', async ({
  page,
}) => {
  const cat = await pictureFile({ name: 'cat.png' });
  await openEdit(page);
  await addReferences(page, [cat]);
  await page.getByTestId('prompt').fill("@cat with $HOME and 'quotes'");
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('result-image')).toHaveCount(1);

  await page.getByRole('button', { name: 'Get code' }).click();
  const sheet = sheetOf(page);
  await expect(sheet).toContainText(`--form-string 'prompt=@cat with $HOME and '\\''quotes'\\'''`);
  await expect(sheet).toContainText(
    `export PLAYGROUND_BASE_URL='${new URL(page.url()).origin}/api/v1'`,
  );
  const saved = page.waitForEvent('download');
  await sheet.getByRole('link', { name: 'cat.png' }).click();
  expect((await readFile(await (await saved).path())).equals(cat.buffer)).toBe(true);
  await sheet.getByText('The gateway', { exact: true }).click();
  for (const [language, words] of [
    ['Python', 'client.images.edit('],
    ['TypeScript', 'client.images.edit({'],
    ['JSON', '"file": "cat.png"'],
  ] as const) {
    await sheet.getByText(language, { exact: true }).click();
    await expect(sheet).toContainText(words);
  }
  await sheet.getByText('Python', { exact: true }).click();
  await expect(sheet).toContainText('os.environ["TURING_API_KEY"]');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('an answer has its code, from below it and from the viewer', async ({ page }) => {
  const chat = await openChat(page);
  await chat.ask('A lighthouse at dusk');
  await chat.last.getByRole('button', { name: 'Get code' }).click();
  const sheet = sheetOf(page);
  await expect(sheet).toContainText('"content": "A lighthouse at dusk"');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.getByRole('button', { name: /^View large/ }).click();
  const viewer = page.getByRole('dialog', { name: 'Picture viewer' });
  await viewer.getByRole('button', { name: 'Get code' }).click();
  await sheet.getByText('TypeScript', { exact: true }).click();
  await expect(sheet).toContainText('client.chat.completions.create({');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(viewer).toBeVisible();
});
