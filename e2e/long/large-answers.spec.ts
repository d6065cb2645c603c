import { openChat } from '../chat-page';
import { expect, test } from '../studio';
import { expectTrouble, promptOf } from '../trouble-words';

// Answers of 600 MB in a browser, which reads 512 MB of each before it is known that they are none.

test.setTimeout(5 * 60_000);

for (const fault of ['huge', 'gzip-bomb']) {
  test(`${fault} is explained on its card`, async ({ studio }) => {
    await studio.run(promptOf(fault));
    await expect(studio.problem).toBeVisible({ timeout: 4 * 60_000 });
    await expectTrouble(studio.cards, [fault, 'answer_too_large', 'charged'], 'en');
    expect(studio.sent(promptOf(fault))).toHaveLength(1);
  });
}

test('chat-huge is explained in its conversation', async ({ page, servers }) => {
  const chat = await openChat(page, servers.app.url);
  await chat.say(promptOf('chat-huge'));
  await expect(chat.problems).toBeVisible({ timeout: 4 * 60_000 });
  await expectTrouble(chat.last, ['chat-huge', 'answer_too_large', 'charged'], 'en');
});
