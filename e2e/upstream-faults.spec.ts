import { randomUUID } from 'node:crypto';
import { openChat } from './chat-page';
import { addReferences, openEdit, pictureFile } from './edit-page';
import { releaseStep } from './fault-upstream';
import { expect, test } from './studio';
import { expectTrouble, promptOf, switchTo, type TroubleRow } from './trouble-words';

// Every way in which the gateway can fail, on the card of its run: a designer's words in both
// languages, the button that names its price, and one request upstream. A run beside it that is under
// way all the time is not harmed.

const quick: TroubleRow[] = [
  ['reset-before', 'hung_up', 'charged'],
  ['reset-late', 'broken_off', 'charged'],
  ['truncated-late', 'broken_off', 'charged'],
  ['five-megabytes-cut', 'broken_off', 'charged'],
  ['html', 'broken_answer', 'charged'],
  ['empty', 'broken_answer', 'charged'],
  ['empty-list', 'broken_answer', 'charged'],
  ['no-picture', 'broken_answer', 'charged'],
  ['invalid-json', 'broken_answer', 'charged'],
  ['truncated-early', 'broken_answer', 'charged'],
  ['error-200', 'broken_answer', 'charged'],
  ['strange-encoding', 'broken_answer', 'charged'],
  ['redirect', 'operator', 'charged'],
  ['unauthorized', 'operator', 'free'],
  ['forbidden', 'operator', 'free'],
  ['content-filter', 'prompt_refused', 'free'],
  ['output-filter', 'output_refused', 'charged'],
  ['rate-limit-day', 'rate_limit', 'free'],
  ['html-413', 'too_large', 'free'],
  ['echo-key-error', 'refused', 'free'],
  ['server-error', 'server_error', 'charged'],
  ['odd-status', 'server_error', 'charged'],
];

const slow: TroubleRow[] = [
  ['silent', 'timeout', 'charged'],
  ['silent-late', 'broken_off', 'charged'],
  ['huge-declared', 'answer_too_large', 'charged'],
];

const inChat: TroubleRow[] = [
  ['reset-before', 'hung_up', 'charged'],
  ['chat-reset-late', 'broken_off', 'charged'],
  ['chat-cut-event', 'broken_off', 'charged'],
  ['chat-silent-late', 'broken_off', 'charged'],
  ['chat-nothing', 'broken_answer', 'charged'],
  ['chat-error-first', 'broken_answer', 'charged'],
  ['chat-wrong-type', 'broken_answer', 'charged'],
  ['chat-late-error', 'output_refused', 'charged'],
  ['empty-choices', 'broken_answer', 'charged'],
  ['html', 'broken_answer', 'charged'],
  ['content-filter', 'prompt_refused', 'free'],
];

for (const [name, rows] of [
  ['at once', quick],
  ['late, or with too much', slow],
] as const) {
  test(`a gateway that fails ${name} is explained, and harms no run beside it`, async ({
    page,
    studio,
  }) => {
    test.slow();
    const card = (fault: string) => studio.cards.filter({ hasText: `(${fault})` });
    await studio.run(promptOf('kept-alive'));
    await expect(card('kept-alive').getByTestId('result-image')).toHaveCount(1);

    for (const [fault] of rows) await studio.run(promptOf(fault));
    for (const row of rows) await expectTrouble(card(row[0]), row, 'en');
    await switchTo(page, 'zh');
    for (const row of rows) await expectTrouble(card(row[0]), row, 'zh');

    await expect(card('kept-alive')).toHaveAttribute('aria-busy', 'true');
    releaseStep();
    await expect(card('kept-alive')).toHaveAttribute('aria-busy', 'false');
    await expect(card('kept-alive').getByTestId('result-image')).toHaveCount(2);
    await expect(card('kept-alive').getByTestId('problem')).toHaveCount(0);
    for (const [fault] of rows) expect(studio.sent(promptOf(fault))).toHaveLength(1);
    // Where a redirect leads, nobody was asked.
    expect(studio.app.output()).not.toContain('elsewhere');
  });
}

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

test('what is odd about an answer, and still a picture, is a picture', async ({ page, studio }) => {
  test.slow();
  const faults = ['wrong-type', 'gzip', 'echo-key', 'five-megabytes', 'drip'];
  for (const fault of faults) await studio.run(promptOf(fault));
  // A byte each 100 ms, which is slow and no silence.
  await expect(studio.pictures).toHaveCount(faults.length, { timeout: 60_000 });
  await expect(studio.problem).toHaveCount(0);
  expect(await page.content()).not.toContain('sk-end-to-end');
  for (const fault of faults) expect(studio.sent(promptOf(fault))).toHaveLength(1);
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

test('a gateway that fails in a conversation is explained, and harms no run beside it', async ({
  page,
  servers,
}) => {
  test.slow();
  const { app, upstream } = servers;
  upstream.requests.length = 0;
  const chat = await openChat(page, app.url);
  const id = randomUUID();
  await page.request.post(`${app.url}/api/v1/images/generations`, {
    headers: { 'idempotency-key': id, prefer: 'respond-async' },
    data: { model: 'turing/gpt-image-2', prompt: promptOf('kept-alive') },
  });
  for (const [fault] of inChat) await chat.ask(promptOf(fault));
  for (const language of ['en', 'zh'] as const) {
    if (language === 'zh') await switchTo(page, 'zh');
    for (const [index, row] of inChat.entries()) {
      await expectTrouble(chat.messages.nth(2 * index + 1), row, language);
    }
  }
  for (const [fault] of inChat) {
    const own = upstream.requests.filter(({ body }) => {
      const { messages } = JSON.parse(String(body));
      return messages?.at(-1)?.content === promptOf(fault);
    });
    expect(own).toHaveLength(1);
  }
  releaseStep();
  const neighbour = () => page.request.get(`${app.url}/api/runs/${id}`);
  await expect.poll(async () => (await (await neighbour()).json()).state).toBe('done');
});
