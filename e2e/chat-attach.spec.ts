import { expect, test } from '@playwright/test';
import { chatOn, openChat } from './chat-page';
import { pictureFile } from './edit-page';

test('pictures are dropped anywhere and pasted', async ({ page }) => {
  const chat = await openChat(page);
  const thumbs = page.getByTestId('ref-thumb');
  const { buffer } = await pictureFile({ name: 'dropped.png' });
  const bring = (kind: 'drop' | 'paste', name: string) =>
    page.evaluate(
      ([way, fileName, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], fileName, { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        const target = document.querySelector('[aria-label="Messages"]');
        if (way === 'paste') {
          const event = new ClipboardEvent('paste', { ...options, clipboardData: data });
          document.querySelector('textarea')?.dispatchEvent(event);
          return;
        }
        for (const type of ['dragenter', 'dragover', 'drop']) {
          target?.dispatchEvent(new DragEvent(type, { ...options, dataTransfer: data }));
        }
      },
      [kind, name, buffer.toString('base64')] as const,
    );
  await bring('drop', 'dropped.png');
  await expect(thumbs).toHaveCount(1);
  await bring('paste', 'pasted.png');
  await expect(thumbs).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Remove pasted.png' })).toBeVisible();
  // A picture alone is a message, too.
  await chat.composer.press('Enter');
  await chat.idle();
  await expect(chat.pictures).toHaveCount(1);
  await expect(chat.conversations).toHaveText(['dropped.png']);
});

test('a changed message says that it waits for its picture', async ({ page }) => {
  const chat = await openChat(page);
  await chat.ask('A quiet bay');
  await chat.messages.first().hover();
  await chat.messages.first().getByRole('button', { name: 'Edit this message' }).click();
  const editor = page.locator('[data-editor]');
  // No file is read before this is called.
  const read = await page.evaluateHandle(() => {
    const { arrayBuffer } = Blob.prototype;
    let begin = () => {};
    const until = new Promise<void>((resolve) => {
      begin = resolve;
    });
    Blob.prototype.arrayBuffer = async function () {
      await until;
      return arrayBuffer.call(this);
    };
    return () => begin();
  });
  await editor.getByTestId('edit-ref-input').setInputFiles(await pictureFile({ name: 'bay.png' }));
  await editor.getByRole('textbox').press('Enter');
  const words = editor.getByText('A picture is still being read.');
  await expect(words).toBeVisible();
  await read.evaluate((begin) => begin());
  await expect(editor.getByTestId('ref-thumb')).toHaveCount(1);
  await expect(words).toHaveCount(0);
  await editor.getByRole('textbox').press('Enter');
  await expect(editor).toHaveCount(0);
});

test('a lost connection is said, and the answer is followed again when it is back', async ({
  page,
  context,
}) => {
  const chat = await openChat(page);
  await chat.say('a patient dog [slow]');
  await expect(chat.last).toContainText('Here');
  await context.setOffline(true);
  await expect(page.getByText('The server cannot be reached')).toBeVisible();
  await context.setOffline(false);
  await expect(chat.pictures).toHaveCount(1);
  await chat.idle();
  await expect(chat.messages).toHaveCount(2);
  await expect(page.getByText('The server cannot be reached')).toHaveCount(0);
});

test('a picture of another page goes on in a conversation', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('prompt').fill('A lighthouse');
  await page.getByTestId('submit').click();
  await page.getByTestId('result-image').click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Chat' }).click();
  await expect(page).toHaveURL(/\/chat$/);
  const chat = await chatOn(page);
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
  await expect(chat.composer).toBeFocused();
  await chat.ask('Let it shine');
  await expect(chat.last).toContainText('I changed the picture');
});

test('several pictures of other pages are brought together in one message', async ({ page }) => {
  await page.goto('/');
  const bring = async (prompt: string) => {
    await page.getByTestId('prompt').fill(prompt);
    await page.getByTestId('submit').click();
    const card = page.getByTestId('run-card').first();
    await expect(card).toContainText(prompt);
    await card.getByTestId('result-image').click();
    await page.locator('dialog[open]').getByRole('button', { name: 'Chat' }).click();
    await expect(page).toHaveURL(/\/chat$/);
  };
  await bring('A lighthouse');
  await page.getByRole('link', { name: 'Generate', exact: true }).click();
  await bring('A paper boat');
  const chat = await chatOn(page);
  await expect(page.getByTestId('ref-thumb')).toHaveCount(2);
  await expect(chat.conversations).toHaveCount(1);
  await chat.ask('Put them into one picture');
  await expect(chat.pictures).toHaveCount(1);

  // In the midst of a conversation, too: whatever is kept here, of every page.
  await page.getByRole('button', { name: 'Add earlier pictures' }).click();
  const sheet = page.locator('dialog[open]');
  const tiles = sheet.getByRole('listbox').getByRole('option');
  await expect(tiles).toHaveCount(3);
  await tiles
    .filter({ has: page.locator('canvas[data-painted]') })
    .nth(2)
    .waitFor();
  await sheet.getByRole('searchbox').fill('lighthouse');
  await expect(tiles).toHaveCount(1);
  await tiles.click();
  // What is chosen stays chosen while something else is looked for.
  await sheet.getByRole('searchbox').fill('paper BOAT');
  await sheet.getByRole('option', { name: /^A paper boat/ }).press('Enter');
  await sheet.getByRole('button', { name: 'Add 2 pictures' }).click();
  await expect(sheet).toHaveCount(0);
  await expect(chat.composer).toBeFocused();
  await expect(page.getByTestId('ref-thumb')).toHaveCount(2);
  await expect(page.getByText('Sends 3 pictures')).toBeVisible();
});
