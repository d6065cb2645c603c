import { expect, test } from '@playwright/test';
import { catalogue } from '../lib/core/models/catalogue';
import { modelsFor } from '../lib/core/models/lookup';
import { chatOn, openChat } from './chat-page';
import { pictureFile } from './edit-page';

// Conversations with the embedded demo gateway.

for (const model of modelsFor(catalogue, 'chat')) {
  test(`a dog, then its hat, piece by piece and at once: ${model.id}`, async ({ page }) => {
    const chat = await openChat(page);
    for (const way of ['piece by piece', 'at once']) {
      await page.getByRole('button', { name: 'New conversation' }).first().click();
      await expect(chat.messages).toHaveCount(0);
      await page.getByTestId('model').selectOption(model.id);
      await chat.choose('Answer appears', way);
      await chat.choose('Shape', '4:3');
      await chat.ask('Please draw me a dog');
      await expect(chat.pictures).toHaveCount(1);
      // The demo gateway checks that what it wrote beside its picture comes back.
      await chat.ask('Add a hat on the dog [strict-signatures]');
      await expect(chat.pictures).toHaveCount(2);
      await expect(chat.problems).toHaveCount(0);
      await expect(chat.last).toContainText('I changed the picture');
      const size = model.sizes.table['4:3']?.['1K']?.replace('x', ' × ') ?? '';
      await expect(chat.last.locator('figcaption')).toContainText(size);
      await expect(page.getByText('1 earlier picture left out')).toBeVisible();
    }
  });
}

test('a message is edited and answered anew; both ways stay, also after a reload', async ({
  page,
}) => {
  const chat = await openChat(page);
  await chat.ask('Please draw me a dog');
  await chat.ask('Make it run');
  // By keys from the message box to the messages and back, past the first and the last one.
  await expect(chat.composer).toBeFocused();
  for (const place of [3, 2, 1, 0, 0]) {
    await page.keyboard.press('Alt+ArrowUp');
    await expect(chat.messages.nth(place)).toBeFocused();
    await expect(chat.messages.nth(place)).toBeInViewport();
  }
  for (const place of [1, 2, 3]) {
    await page.keyboard.press('Alt+ArrowDown');
    await expect(chat.messages.nth(place)).toBeFocused();
  }
  await page.keyboard.press('Alt+ArrowDown');
  await expect(chat.composer).toBeFocused();
  await chat.messages.first().hover();
  await chat.messages.first().getByRole('button', { name: 'Edit this message' }).click();
  await page.getByRole('textbox', { name: 'Edited message' }).fill('A grey cat');
  await page.keyboard.press('Enter');
  await chat.idle();
  await expect(chat.messages).toHaveCount(2);
  await expect(chat.messages.first()).toContainText('A grey cat');
  await expect(chat.messages.first()).toContainText('Version 2 of 2');
  await expect(chat.pictures).toHaveCount(1);

  await chat.messages.first().getByRole('button', { name: 'Previous version' }).click();
  await expect(chat.messages).toHaveCount(4);
  await expect(chat.messages.first()).toContainText('Please draw me a dog');
  await page.reload();
  await expect(chat.messages).toHaveCount(4);
  // The button that was pressed is still there to be pressed again.
  await chat.messages.first().getByRole('button', { name: 'Next version' }).click();
  await expect(chat.messages).toHaveCount(2);
  await page.keyboard.press('ArrowLeft');
  await expect(chat.messages).toHaveCount(4);

  await chat.last.getByRole('button', { name: 'Ask for another answer' }).click();
  await chat.idle();
  await expect(chat.messages).toHaveCount(4);
  await expect(chat.last).toContainText('Version 2 of 2');
});

test('an earlier message takes other pictures, and what was begun in it outlives a reload', async ({
  page,
}) => {
  const chat = await openChat(page);
  await chat.ask('A quiet bay');
  await chat.messages.first().hover();
  await chat.messages.first().getByRole('button', { name: 'Edit this message' }).click();
  const editor = page.locator('[data-editor]');
  await editor
    .getByTestId('edit-ref-input')
    .setInputFiles([
      await pictureFile({ name: 'bay.png' }),
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') },
    ]);
  await expect(editor.getByTestId('ref-thumb')).toHaveCount(1);
  await expect(editor.getByTestId('problem')).toContainText('notes.txt is not a supported picture');
  await editor.getByRole('textbox').fill('This bay at night');
  await page.reload();
  await expect(editor.getByRole('textbox')).toHaveValue('This bay at night');
  await expect(editor.getByTestId('ref-thumb')).toHaveCount(1);
  await editor.getByRole('textbox').press('Control+Enter');
  await expect(editor).toHaveCount(0);
  // The message box has not taken the key for its own as well.
  expect(await chat.problems.count()).toBe(0);
  await chat.idle();
  await expect(chat.messages.first()).toContainText('This bay at night');
  await expect(chat.messages.first()).toContainText('Version 2 of 2');
  await expect(chat.last).toContainText('I changed the picture');
});

test('a stopped answer keeps what had come, and can be asked for again', async ({ page }) => {
  const chat = await openChat(page);
  await chat.say('a tortoise [slow]');
  await expect(chat.last).toContainText('Here');
  await page.getByTestId('stop').click();
  await expect(chat.last).toContainText('Stopped. Everything that arrived is kept');
  await expect(chat.last).toContainText('Here');
  await page.reload();
  await expect(chat.last).toContainText('Stopped.');
  await chat.last.getByRole('button', { name: 'Ask again · may be charged again' }).click();
  await expect(chat.last).toContainText('Version 2 of 2');
  await expect(chat.last).toContainText('Here');
});

test('an answer goes on while the page is loaded anew', async ({ page }) => {
  const chat = await openChat(page);
  await chat.ask('Please draw me a dog');
  await chat.say('a slower dog [slow]');
  await expect(chat.last).toContainText('Done');
  await page.reload();
  await expect(chat.messages).toHaveCount(4);
  await expect(chat.pictures).toHaveCount(2);
  await expect(chat.last).toContainText('1024 × 1024');
  await chat.idle();
  await expect(chat.problems).toHaveCount(0);
});

test('a message goes out once, when there is one, and not by the Enter of an input method', async ({
  page,
}) => {
  const chat = await openChat(page);
  const devTools = await page.context().newCDPSession(page);
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await chat.composer.focus();
  await devTools.send('Input.imeSetComposition', {
    text: 'gou',
    selectionStart: 3,
    selectionEnd: 3,
  });
  await devTools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await devTools.send('Input.insertText', { text: '狗' });
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  await expect(chat.composer).toHaveValue('狗');
  // As Safari has it: the end of the composition first, then its Enter, which looks like any other.
  await chat.composer.evaluate((box) => {
    box.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '狗' }));
    box.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    );
  });
  await expect(chat.messages).toHaveCount(0);
  await expect(chat.composer).toHaveValue('狗');
  await chat.composer.fill('');

  // Soon after it, an Enter is one of its own again.
  await expect(async () => {
    await chat.composer.press('Enter');
    await expect(chat.problems).toContainText('The message is empty', { timeout: 500 });
  }).toPass();
  await expect(chat.messages).toHaveCount(0);
  await chat.composer.fill('one');
  await expect(chat.problems).toHaveCount(0);
  await chat.composer.press('Shift+Enter');
  await page.keyboard.type('two [slow]');
  await expect(chat.composer).toHaveValue('one\ntwo [slow]');
  await page.getByTestId('send').dblclick();
  await expect(chat.messages).toHaveCount(2);
  // The second click did not stop it either.
  await chat.composer.fill('three');
  await chat.composer.press('Enter');
  await expect(page.getByText('An answer is in progress.')).toBeVisible();
  await expect(chat.composer).toHaveValue('three');
  await expect(chat.pictures).toHaveCount(1);
  // Page-wide, wherever the focus is.
  await chat.messages.first().hover();
  await page.getByRole('region', { name: 'Messages' }).focus();
  await page.keyboard.press('Control+Enter');
  await expect(chat.messages).toHaveCount(4);
});

test('pictures go along with a message, and the draft outlives a reload', async ({ page }) => {
  const chat = await openChat(page);
  await page
    .getByTestId('ref-input')
    .setInputFiles([
      await pictureFile({ name: 'one.png' }),
      await pictureFile({ name: 'two.jpg' }),
    ]);
  const thumbs = page.getByTestId('ref-thumb');
  await expect(thumbs).toHaveCount(2);
  await page.getByTestId('ref-input').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('no picture'),
  });
  await expect(chat.problems).toContainText('notes.txt is not a supported picture');
  await chat.composer.fill('Put both into one picture');
  await expect(page.getByText('Sends 2 pictures')).toBeVisible();
  await page.reload();
  await expect(chat.composer).toHaveValue('Put both into one picture');
  await expect(thumbs).toHaveCount(2);
  await page.getByRole('button', { name: 'Remove one.png' }).click();
  await expect(thumbs).toHaveCount(1);
  await chat.composer.press('Enter');
  await chat.idle();
  await expect(thumbs).toHaveCount(0);
  await expect(chat.pictures).toHaveCount(1);
  await chat.messages.first().getByRole('button', { name: 'View large: two.jpg' }).click();
  await expect(page.locator('dialog[open]')).toContainText('1 of 2');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('dialog[open]')).toContainText('2 of 2');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Sends 1 picture' }).click();
  await page.getByRole('checkbox', { name: /^Picture 1, yours/ }).check();
  await expect(page.getByText('Sends 2 pictures')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Picture 2, from an answer/ }).uncheck();
  await expect(page.getByText('Sends 1 picture')).toBeVisible();
});

test('conversations are kept apart, renamed, removed and brought back', async ({ page }) => {
  const chat = await openChat(page);
  await chat.ask('A lighthouse at dusk');
  await expect(chat.conversations).toHaveText(['A lighthouse at dusk']);
  await chat.composer.fill('not sent yet');
  await page.getByRole('button', { name: 'New conversation' }).first().click();
  await expect(chat.messages).toHaveCount(0);
  await expect(chat.composer).toHaveValue('');
  await expect(chat.composer).toBeFocused();
  await chat.ask('A fox in the snow');
  await expect(chat.conversations).toHaveText(['A fox in the snow', 'A lighthouse at dusk']);
  await chat.conversations.nth(1).click();
  await expect(chat.composer).toHaveValue('not sent yet');
  await expect(chat.messages.first()).toContainText('A lighthouse at dusk');

  await chat.conversations.nth(1).press('F2');
  await page.getByRole('textbox', { name: 'Conversation name' }).fill('Towers');
  await page.keyboard.press('Enter');
  await expect(chat.conversations.nth(1)).toHaveText('Towers');
  await expect(chat.conversations.nth(1)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(chat.conversations).toHaveText(['A fox in the snow']);
  await expect(page.getByText('Removed: Towers')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(chat.conversations).toHaveText(['A fox in the snow', 'Towers']);
  await page.reload();
  await expect(chat.conversations).toHaveText(['A fox in the snow', 'Towers']);
  await expect(chat.messages.first()).toContainText('A lighthouse at dusk');
  await expect(chat.pictures).toHaveCount(1);
});

test('two tabs on one conversation see what either says', async ({ page, context }) => {
  const chat = await openChat(page);
  await chat.ask('A red kite');
  const other = await openChat(await context.newPage());
  await expect(other.pictures).toHaveCount(1);
  await chat.say('and a blue one');
  await expect(other.messages).toHaveCount(4);
  await expect(other.pictures).toHaveCount(2);
  await expect(chat.pictures).toHaveCount(2);
  // The picture comes before the answer has ended; until then nothing more can be sent.
  await other.idle();
  await other.ask('and a green one');
  await expect(chat.messages).toHaveCount(6);
  await expect(chat.pictures).toHaveCount(3);
});

test('a picture goes on elsewhere: on the Edit page, or in a new conversation', async ({
  page,
}) => {
  const chat = await openChat(page);
  await chat.ask('A paper boat');
  await chat.pictures.hover();
  await chat.last.getByRole('button', { name: 'Continue in a new conversation' }).click();
  await expect(chat.messages).toHaveCount(0);
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
  await chat.ask('Let it rain');
  await expect(chat.last).toContainText('I changed the picture');
  await chat.pictures.hover();
  await chat.last.getByRole('button', { name: 'Edit with mask' }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.getByTestId('ref-thumb')).toHaveCount(1);
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await chatOn(page);
  await expect(chat.pictures).toHaveCount(1);
});
