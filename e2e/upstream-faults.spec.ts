import { openChat } from './chat-page';
import { addReferences, openEdit, pictureFile } from './edit-page';
import { failureWords } from './failure-words';
import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';
import { expectTrouble, promptOf, switchTo, type TroubleRow } from './trouble-words';

// A gateway that fails, on the card of its run: a designer's words in both languages, the button that
// names its price, and one request upstream. One of each sort; every fault: e2e/api/faults.test.ts.

const rows: TroubleRow[] = [
  ['echo-key-error', 'refused', 'free'],
  ['server-error', 'server_error', 'charged'],
  ['reset-late', 'broken_off', 'charged'],
  ['empty-list', 'broken_answer', 'charged'],
  ['rate-limit-day', 'rate_limit', 'free'],
];

test('a gateway that fails is explained, and harms no run beside it', async ({ page, studio }) => {
  const card = (fault: string) => studio.cards.filter({ hasText: `(${fault})` });
  await studio.run(promptOf('kept-alive'));
  await expect(card('kept-alive').getByTestId('result-image')).toHaveCount(1);

  for (const [fault] of rows) await studio.run(promptOf(fault));
  // A failure without pictures that is not the newest is a line, which opens.
  for (const [fault, kind] of rows.slice(0, -1).filter(([name]) => name !== 'reset-late')) {
    const line = card(fault).locator('summary').first();
    await expect(line).toContainText(failureWords[kind].en[0]);
    await expect(card(fault).getByTestId('problem')).toBeHidden();
    await line.click();
  }
  for (const row of rows) await expectTrouble(card(row[0]), row, 'en');
  await switchTo(page, 'zh');
  for (const row of rows) await expectTrouble(card(row[0]), row, 'zh');

  await expect(card('kept-alive')).toHaveAttribute('aria-busy', 'true');
  releaseStep();
  await expect(card('kept-alive')).toHaveAttribute('aria-busy', 'false');
  await expect(card('kept-alive').getByTestId('result-image')).toHaveCount(2);
  await expect(card('kept-alive').getByTestId('problem')).toHaveCount(0);
  for (const [fault] of rows) expect(studio.sent(promptOf(fault))).toHaveLength(1);
});

test('a gateway that takes no connections is explained, and harms no run beside it', async ({
  page,
  studio,
  servers,
}) => {
  const row = ['refused', 'unreachable', 'free'] as const;
  const card = studio.cards.filter({ hasText: '(refused)' });
  await studio.run(promptOf('kept-alive'));
  await expect(studio.pictures).toHaveCount(1);
  servers.upstream.refuse();
  try {
    await studio.run('(refused)');
    await expectTrouble(card, row, 'en');
    await switchTo(page, 'zh');
    await expectTrouble(card, row, 'zh');
  } finally {
    await servers.upstream.accept();
  }
  expect(studio.sent('(refused)')).toHaveLength(0);
  // It costs nothing to ask again, and works as soon as the gateway is there.
  await card.getByRole('button', { name: '重试', exact: true }).click();
  await studio.arrived('(refused)');
  releaseStep();
  await expect(studio.pictures).toHaveCount(3);
});

test('a gateway that breaks off an upload is explained', async ({ page, servers, studio }) => {
  await openEdit(page, servers.app.url);
  const file = await pictureFile({ name: 'large.png' });
  const buffer = Buffer.concat([file.buffer, Buffer.alloc(8_000_000)]);
  await addReferences(page, [{ ...file, buffer }]);
  await studio.run(promptOf('close-upload'));
  const row = ['close-upload', 'upload_cut', 'free'] as const;
  await expectTrouble(page.locator('body'), row, 'en');
  await switchTo(page, 'zh');
  await expectTrouble(page.locator('body'), row, 'zh');
  const [seen, ...more] = servers.upstream.requests;
  expect(more).toHaveLength(0);
  expect(seen?.complete).toBe(false);
});

test('fewer pictures than were asked for, and damaged ones, are said to be so', async ({
  page,
  studio,
}) => {
  await page.getByTestId('count').fill('4');
  await studio.run(promptOf('fewer'));
  await expect(studio.pictures).toHaveCount(2);
  await expect(studio.cards).toContainText('2 pictures were returned of 4 requested.');
  await page.getByTestId('count').fill('1');
  await studio.run(promptOf('bad-base64'));
  await expect(studio.problem).toContainText('arrived damaged');
  await expect(studio.problem).toContainText('It may have been charged.');
  await switchTo(page, 'zh');
  await expect(studio.cards.filter({ hasText: '(fewer)' })).toContainText(
    '请求了 4 张，返回了 2 张',
  );
  await expect(studio.problem).toContainText('损坏，无法显示，但可能已经计费');
});

test('a gateway that fails in a conversation is explained', async ({ page, servers }) => {
  const inChat: TroubleRow[] = [
    ['chat-late-error', 'output_refused', 'charged'],
    ['chat-cut-event', 'broken_off', 'charged'],
    ['content-filter', 'prompt_refused', 'free'],
  ];
  servers.upstream.requests.length = 0;
  const chat = await openChat(page, servers.app.url);
  for (const [fault] of inChat) await chat.ask(promptOf(fault));
  for (const language of ['en', 'zh'] as const) {
    if (language === 'zh') await switchTo(page, 'zh');
    for (const [index, row] of inChat.entries()) {
      await expectTrouble(chat.messages.nth(2 * index + 1), row, language);
    }
  }
  for (const [fault] of inChat) {
    const own = servers.upstream.requests.filter(({ body }) => {
      const { messages } = JSON.parse(String(body));
      return messages?.at(-1)?.content === promptOf(fault);
    });
    expect(own).toHaveLength(1);
  }
});
