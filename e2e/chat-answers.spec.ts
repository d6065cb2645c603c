import { signedPicture, unknownBlocks, unknownFields } from './chat-faults';
import { openChat, sentBody } from './chat-page';
import { onePixel, releaseStep } from './fault-upstream';
import { expect, test } from './studio';

// Every form that an answer can have, and every way in which it can be broken.

const good = [
  ['chat-content', 'Here you go and done.', 1],
  ['chat-images', 'Here you go', 1],
  ['chat-message-images', 'Here you go', 1],
  ['chat-two', 'Two of them.', 2],
  ['chat-bytes', '一只戴草帽的狗 🐕‍🦺', 1],
  ['chat-crlf', 'Windows says hello', 0],
  ['chat-no-newline', 'No end at all', 0],
  ['chat-no-done', 'Here', 1],
  ['chat-refusal', 'I cannot draw that.', 0],
  ['chat-refusal-field', 'I would rather not draw that.', 0],
  ['chat-indexed', 'One sentence in pieces.', 0],
  // Whatever it was, the next turn goes on from it.
  ['chat-odd-types', 'Odd.', 0],
  ['chat-bare-address', 'Bare.', 1],
  ['chat-markdown', 'In words:', 1],
  ['chat-inline', 'Inline.', 1],
  ['chat-thought', 'Thought through.', 2],
  ['chat-final-message', 'The whole.', 1],
  ['chat-json-events', 'JSON after all.', 1],
] as const;

const streamedOnly = [
  'chat-bytes',
  'chat-crlf',
  'chat-no-newline',
  'chat-no-done',
  'chat-final-message',
  'chat-json-events',
];

const ways = ['piece by piece', 'at once'];
for (const way of ways) {
  test(`every good form of an answer is shown, ${way}`, async ({ page, servers }) => {
    test.slow();
    const chat = await openChat(page, servers.app.url);
    await chat.choose('Answer appears', way);
    let pictures = 0;
    for (const [fault, text, count] of good) {
      if (way === 'at once' && streamedOnly.includes(fault)) continue;
      await chat.ask(`fault:${fault}`);
      pictures += count;
      await expect(chat.pictures).toHaveCount(pictures);
      const words = await chat.last.innerText();
      expect(words.replace(/\s+/g, ' ')).toContain(text.split(' and done')[0]);
      await expect(chat.problems).toHaveCount(0);
    }
    // The thought and its picture, which are no part of the answer.
    await expect(page.getByTestId('draft')).toHaveCount(2);
  });

  test(`what is not known of an answer goes back byte for byte, ${way}`, async ({
    page,
    servers,
  }) => {
    const { requests } = servers.upstream;
    const chat = await openChat(page, servers.app.url);
    await chat.choose('Answer appears', way);
    await chat.ask('first fault:chat-signed');
    await expect(chat.pictures).toHaveCount(1);
    await page.reload();
    await expect(chat.pictures).toHaveCount(1);
    await chat.ask('then round-trip fault:chat-refusal');
    const { messages } = sentBody(requests, 'round-trip');
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    const { content, ...fields } = messages[1] ?? {};
    expect(fields).toEqual({ role: 'assistant', ...unknownFields });
    expect(content).toContainEqual(signedPicture);
    expect(JSON.stringify(content)).toContain(onePixel);
    // Before it was sent, its size was said.
    await chat.ask('fault:chat-unknown-blocks');
    await chat.composer.fill('then unknown-blocks fault:chat-refusal');
    const said = await page.getByText(/^Sends \d pictures? \(/).innerText();
    const kilobytes = Number(/request of (\d+) kB/.exec(said)?.[1]);
    await chat.ask('then unknown-blocks fault:chat-refusal');
    const next = sentBody(requests, 'then unknown-blocks');
    expect(next.messages.at(-2)?.content).toEqual(unknownBlocks);
    const { length } = requests.at(-1)?.body ?? [];
    expect(kilobytes).toBe(Math.round((length ?? 0) / 1000));
  });
}

const broken: [fault: string, kept: string, words: string][] = [
  ['chat-junk', 'Junk passed over', 'could not be read and'],
  ['chat-late-error', 'Half of an ans', 'The picture was held back'],
  ['chat-reset-late', 'Here', 'The answer is incomplete'],
  ['chat-cut-event', 'Here', 'The answer is incomplete'],
  ['chat-bad-base64', 'One is broken:', 'is damaged and cannot be shown'],
  ['chat-neither', '', 'an unknown type (audio)'],
  ['chat-silence', '', 'neither text nor picture'],
  ['chat-link', '', 'Open it at pictures.test'],
];
test('every broken answer keeps what came, and says what is wrong', async ({ page, servers }) => {
  test.slow();
  const chat = await openChat(page, servers.app.url);
  for (const [fault, kept, words] of broken) {
    await chat.ask(`fault:${fault}`);
    await expect(chat.last).toContainText(words);
    await expect(chat.last).toContainText(kept);
  }
  // Of the two pictures beside each other, the whole one is shown.
  await expect(chat.pictures).toHaveCount(1);
  // A failure without anything kept is a line once there is a newer one, and opens.
  await chat.ask('fault:content-filter');
  await expect(chat.last).toContainText('The prompt was refused');
  const failed = chat.messages.nth(broken.length * 2 + 1);
  await chat.ask('fault:server-error');
  await expect(failed.getByTestId('problem')).toBeHidden();
  await failed.locator('summary').first().click();
  await expect(failed.getByTestId('problem')).toBeVisible();
  await page.reload();
  await expect(chat.messages).toHaveCount(broken.length * 2 + 4);
  await expect(chat.pictures).toHaveCount(1);
});

test('a picture of an allowed host is shown', async ({ page, servers }) => {
  await page.route('http://allowed.test/**', (route) =>
    route.fulfill({ contentType: 'image/png', body: Buffer.from(onePixel, 'base64') }),
  );
  const chat = await openChat(page, servers.app.url);
  await chat.ask('fault:chat-allowed-link');
  await expect(chat.pictures).toHaveCount(1);
  await expect(chat.pictures).toHaveAttribute('src', 'http://allowed.test/bear.png');
});

test('text and picture are seen while they come', async ({ page, servers }) => {
  const chat = await openChat(page, servers.app.url);
  await chat.choose('Shape', '16:9');
  await chat.say('fault:chat-held');
  await expect(chat.last).toContainText('Drawing …');
  await expect(chat.last).toHaveAttribute('aria-busy', 'true');
  // The picture's place is kept before its first byte, in the shape that was asked for.
  const place = chat.last.getByTestId('place');
  await expect(place).toContainText('Answering…');
  const kept = await place.boundingBox();
  expect((kept?.width ?? 0) / ((kept?.height ?? 0) - 30)).toBeCloseTo(16 / 9, 1);
  releaseStep();
  await expect(place).toContainText(/picture arriving · \d+ kB/);
  expect(await place.boundingBox()).toEqual(kept);
  releaseStep();
  await expect(chat.pictures).toHaveCount(1);
  await expect(page.getByTestId('stop')).toBeVisible();
  releaseStep();
  await expect(chat.last).toContainText('Done.');
  releaseStep();
  await chat.idle();
  await expect(chat.problems).toHaveCount(0);
});

test('pictures that are refused as the assistant’s can be sent as the designer’s', async ({
  page,
  servers,
}) => {
  const chat = await openChat(page, servers.app.url);
  await chat.ask('draw fault:chat-images');
  await chat.ask('change as-own fault:chat-refuses-pictures');
  await expect(chat.problems).toContainText('Assistant messages cannot contain images');
  await chat.last.getByRole('button', { name: 'Send the pictures as your own' }).click();
  await expect(chat.pictures).toHaveCount(2);
  const { messages } = sentBody(servers.upstream.requests, 'as-own');
  const carrying = messages.filter((message) => JSON.stringify(message).includes('image_url'));
  expect(carrying.map(({ role }) => role)).toEqual(['user']);
  // From then on they are sent so, which is said.
  await expect(page.getByText('as your own')).toBeVisible();
  await chat.ask('once more fault:chat-refuses-pictures');
  await expect(chat.pictures).toHaveCount(3);
});

test('fields that are refused where there is no picture can be left out', async ({
  page,
  servers,
}) => {
  const chat = await openChat(page, servers.app.url);
  await chat.ask('draw fault:chat-signed-words');
  await chat.ask('a poodle only-words fault:chat-refuses-signatures');
  await expect(chat.problems).toContainText('Unknown name "thought_signature"');
  await chat.last.getByRole('button', { name: 'Send only the text of earlier answers' }).click();
  await chat.idle();
  await expect(chat.problems).toHaveCount(0);
  const { messages } = sentBody(servers.upstream.requests, 'only-words');
  expect(messages[1]).toEqual({ role: 'assistant', content: 'Which dog?' });
  // What the content review refuses is no affair of earlier answers.
  await chat.ask('fault:chat-images');
  await chat.ask('fault:content-filter');
  await expect(chat.problems).toContainText('The prompt was refused');
  await expect(chat.last.getByRole('button', { name: /Send the/ })).toHaveCount(0);
  // Nor is a setting that is named.
  await chat.choose('Shape', '21:9');
  await chat.ask('fault:chat-refuses-ratio');
  await expect(chat.last.getByTestId('problem')).toContainText('This model does not draw 21:9');
  await expect(chat.last.getByRole('button', { name: /Send the/ })).toHaveCount(0);
});

test('a rate limit counts down and is stopped by one button', async ({ page, servers }) => {
  const chat = await openChat(page, servers.app.url);
  await chat.say('fault:rate-limit');
  await expect(chat.problems).toContainText('Try 2 of');
  await page.getByTestId('stop').click();
  await expect(chat.last).toContainText('Nothing was made');
  await expect(chat.last.getByRole('button', { name: 'Ask again', exact: true })).toBeVisible();
});

test('the settings of a conversation are what is asked for', async ({ page, servers }) => {
  const chat = await openChat(page, servers.app.url);
  await chat.choose('Shape', '16:9');
  await chat.choose('Resolution', '4K');
  await chat.choose('Format', 'JPEG');
  await page.getByRole('spinbutton', { name: 'JPEG quality' }).fill('101');
  await chat.composer.fill('settings fault:chat-refusal');
  await chat.composer.press('Enter');
  await expect(chat.problems.first()).toContainText('from 0 to 100, not 101');
  await expect(chat.messages).toHaveCount(0);
  await page.getByRole('spinbutton', { name: 'JPEG quality' }).fill('80');
  await page.getByRole('textbox', { name: 'System prompt' }).fill('Be brief.');
  await chat.composer.press('Enter');
  await chat.idle();
  const body = sentBody(servers.upstream.requests, 'settings fault');
  expect(body).toMatchObject({
    stream: true,
    imageConfig: {
      aspectRatio: '16:9',
      imageSize: '4K',
      imageOutputOptions: { mimeType: 'image/jpeg', compressionQuality: 80 },
    },
  });
  expect(body.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
  // What another model can't take is said, and kept for the one that can.
  const models = page.getByTestId('model');
  await models.selectOption({ label: await labelWithout4K(models) });
  await expect(page.getByText('this model does not support 4K')).toBeVisible();
});

async function labelWithout4K(models: import('@playwright/test').Locator): Promise<string> {
  const labels = await models.locator('option').allTextContents();
  return labels.find((label) => !label.includes('4K')) ?? '';
}
