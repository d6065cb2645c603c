import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe';
import { openChat } from './chat-page';

// A slash at a word's start offers snippets and earlier prompts, and never while an input method composes.

const listOf = (page: Page) => page.getByRole('listbox', { name: 'Snippets' });

/** Opens Generate, with all that hears what is typed. */
async function openPrompt(page: Page): Promise<Locator> {
  await page.goto('/');
  await expect(page.getByTestId('submit')).toBeEnabled();
  await page.waitForLoadState('networkidle');
  return page.getByTestId('prompt');
}

test('a slash puts in what was written before; snippets are kept, starred, edited and removed', async ({
  page,
}) => {
  const prompt = await openPrompt(page);
  await prompt.pressSequentially('in soft light /');
  const list = listOf(page);
  await list.getByRole('option', { name: 'Save this text as a snippet' }).click();
  await expect(prompt).toHaveValue('in soft light ');
  await expect(list).toBeHidden();
  await prompt.fill('');
  await prompt.pressSequentially('a bear ／soft');
  await expect(list.getByRole('option').first()).toHaveText('in soft light');
  expect(await violations(page)).toEqual([]);
  await prompt.press('Enter');
  await expect(prompt).toHaveValue('a bear in soft light');
  // A fraction, an address, and what nothing begins with are none.
  await prompt.pressSequentially(' 3/4 a/b /nothing-begins-so');
  await expect(list).toBeHidden();
  await prompt.pressSequentially(' /');
  await expect(list).toBeVisible();
  await prompt.press('Escape');
  await expect(list).toBeHidden();
  await expect(prompt).toBeFocused();

  await prompt.fill('');
  await prompt.pressSequentially('/');
  await list.getByRole('option', { name: 'Edit snippets…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Snippets' });
  await sheet.getByRole('button', { name: 'Star' }).click();
  await expect(sheet.getByRole('button', { name: 'Star' })).toHaveAttribute('aria-pressed', 'true');
  await sheet.getByRole('button', { name: 'Edit' }).click();
  await sheet.getByRole('textbox').fill('in hard light');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(sheet.getByText('in hard light')).toBeVisible();
  await sheet.getByRole('button', { name: 'Remove' }).click();
  await expect(sheet.getByText('There are no snippets yet.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet.getByText('in hard light')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(prompt).toBeFocused();

  const chat = await openChat(page);
  await chat.composer.pressSequentially('/hard');
  await expect(list).toBeVisible();
  // It chooses, and sends nothing.
  await chat.composer.press('Enter');
  await expect(chat.composer).toHaveValue('in hard light');
  await expect(chat.messages).toHaveCount(0);
});

test('an input method at work is left alone', async ({ page }) => {
  const prompt = await openPrompt(page);
  await prompt.fill('');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', {
    text: '／',
    selectionStart: 1,
    selectionEnd: 1,
  });
  await expect(prompt).toHaveValue('／');
  await expect(listOf(page)).toBeHidden();
  await devtools.send('Input.insertText', { text: '／' });
  await expect(listOf(page)).toBeVisible();
});
