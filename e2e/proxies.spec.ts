import { apiKey, startApp } from './app-server';
import { plainHost } from './browser-options';
import { openChat } from './chat-page';
import { addReferences, openEdit, pictureFile } from './edit-page';
import { type FaultProxy, nginxDefaults, startFaultProxy } from './fault-proxy';
import { releaseStep } from './fault-upstream';
import { test as base, expect } from './studio';
import { expectTrouble, switchTo } from './trouble-words';

// Behind a proxy that does what proxies do. Whatever it does, a run is sent upstream once.

const test = base.extend<{ way: FaultProxy }>({
  way: async ({ servers }, use) => {
    const way = await startFaultProxy(servers.app.url);
    await use(way);
    await way.close();
  },
});
const start = /^POST \/api\/v1\/images\/generations/;
const list = /^GET \/api\/runs$/;
const answer = /^GET \/api\/runs\/[^/]+\/answer/;
const offsets = (way: FaultProxy) =>
  way.seen.filter((line) => answer.test(line)).map((line) => Number(line.split('offset=')[1]));

test('behind HTTP/1.0, a rewritten host and buffering, a run outlasts the proxy’s patience', async ({
  page,
  way,
  studio,
}) => {
  way.settings = { ...nginxDefaults };
  await page.goto(way.url);
  await studio.run('long run fault:held');
  await studio.arrived('long run');
  way.settings.readTimeoutMs = 1500;
  releaseStep();
  // Its answer has begun, and nothing more comes: the proxy gives up again and again.
  await expect.poll(() => offsets(way).length).toBeGreaterThan(2);
  releaseStep();
  await expect(studio.pictures).toHaveCount(2);
  await expect(studio.cards).toHaveAttribute('aria-busy', 'false');
  await expect(studio.problem).toHaveCount(0);
  expect(studio.sent('long run')).toHaveLength(1);
});

test('pages with 502 and 504 are survived at the start, in the list and in the answer', async ({
  page,
  way,
  studio,
}) => {
  await page.goto(way.url);
  const met = [
    way.befall(start, { kind: 'page', status: 502 }),
    way.befall(start, { kind: 'page-after', status: 504 }),
    way.befall(list, { kind: 'page', status: 504 }),
    way.befall(answer, { kind: 'page', status: 502 }),
    way.befall(answer, { kind: 'page', status: 504 }),
    way.befall(answer, { kind: 'page-after', status: 502 }),
  ];
  await studio.run('paged');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.problem).toHaveCount(0);
  expect(met.map((one) => one.met)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(studio.sent('paged')).toHaveLength(1);
});

test('a page that stays is explained, and costs nothing to try again', async ({
  page,
  way,
  studio,
}) => {
  await page.goto(way.url);
  way.befall(start, { kind: 'page', status: 504 }, 4);
  await studio.run('stays');
  await expectTrouble(studio.cards, ['', 'proxy_timeout', 'safe to repeat'], 'en');
  await studio.problem.getByRole('button', { name: 'Try again', exact: true }).click();
  await expect(studio.pictures).toHaveCount(1);
  expect(studio.sent('stays')).toHaveLength(1);
});

test('a start whose answer is lost, or whose connection breaks, is sent once', async ({
  page,
  way,
  studio,
}) => {
  await page.goto(way.url);
  way.befall(start, { kind: 'drop' });
  way.befall(start, { kind: 'cut-upload', bytes: 10 });
  way.befall(start, { kind: 'drop-answer' });
  await studio.run('lost starts');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.problem).toHaveCount(0);
  expect(studio.sent('lost starts')).toHaveLength(1);
});

test('an answer that is cut, or ends as if it were whole, goes on from its byte', async ({
  page,
  way,
  studio,
}) => {
  way.settings = { ...nginxDefaults };
  await page.goto(way.url);
  way.befall(answer, { kind: 'cut-answer', bytes: 1_000_000 });
  way.befall(answer, { kind: 'end-answer', bytes: 2_000_000 });
  await studio.run('cut fault:five-megabytes');
  await expect(studio.pictures).toHaveCount(1);
  await expect(studio.problem).toHaveCount(0);
  // A browser may drop what it had not handed on when the connection broke.
  const [first, second = 0, third] = offsets(way).filter(
    (offset, index, all) => offset !== all[index - 1],
  );
  expect(first).toBe(0);
  expect(second).toBeLessThanOrEqual(1_000_000);
  expect(third).toBe(second + 2_000_000);
  expect(studio.sent('cut fault')).toHaveLength(1);
});

test('a body that is too large for the proxy is explained, with the setting to change', async ({
  page,
  way,
  studio,
}) => {
  way.settings = { ...nginxDefaults };
  await openEdit(page, way.url);
  const file = await pictureFile({ name: 'large.png' });
  const buffer = Buffer.concat([file.buffer, Buffer.alloc(11_000_000)]);
  await addReferences(page, [{ ...file, buffer }]);
  await studio.run('too large for it');
  const card = page.locator('main');
  await expectTrouble(card, ['', 'proxy_too_large', 'free'], 'en');
  await switchTo(page, 'zh');
  await expectTrouble(card, ['', 'proxy_too_large', 'free'], 'zh');
  expect(studio.sent('too large for it')).toHaveLength(0);

  way.settings.maxBodyBytes = 850 * 1024 * 1024;
  await studio.problem.getByRole('button', { name: '重试', exact: true }).click();
  await expect(studio.pictures).toHaveCount(1);
  expect(studio.sent('too large for it')).toHaveLength(1);
  expect(studio.sent('too large for it')[0]?.body.length).toBeGreaterThan(11_000_000);
});

test('a conversation comes piece by piece, and goes on from its byte when it is cut', async ({
  page,
  way,
  servers,
}) => {
  const { requests } = servers.upstream;
  requests.length = 0;
  way.settings = { ...nginxDefaults };
  const chat = await openChat(page, way.url);
  way.befall(answer, { kind: 'cut-answer', bytes: 300_000 });
  await chat.say('fault:chat-held');
  // Far from filling a block: the answer asks the proxy not to hold it.
  await expect(chat.last).toContainText('Drawing …');
  releaseStep();
  await expect(chat.last.getByTestId('place')).toContainText(/picture arriving · \d+ kB/);
  releaseStep();
  await expect(chat.pictures).toHaveCount(1);
  releaseStep();
  await expect(chat.last).toContainText('Done.');
  releaseStep();
  await chat.idle();
  await expect(chat.problems).toHaveCount(0);
  expect(offsets(way).length).toBeGreaterThan(1);
  expect(requests).toHaveLength(1);
});

test('a proxy that hides the host: the setting is named, and helps', async ({
  page,
  way,
  servers,
  studio,
}) => {
  const shown = `http://${plainHost}:${way.port}`;
  way.settings = { ...nginxDefaults };
  await page.goto(shown);
  await studio.run('hidden host');
  await expectTrouble(studio.cards, ['', 'hidden_host', 'free'], 'en');
  await expect(studio.problem).toContainText(`PUBLIC_ORIGIN=${shown} `);
  await switchTo(page, 'zh');
  await expectTrouble(studio.cards, ['', 'hidden_host', 'free'], 'zh');
  await expect(studio.problem).toContainText(`PUBLIC_ORIGIN=${shown} `);
  expect(studio.sent('hidden host')).toHaveLength(0);

  const told = await startApp({
    TURING_BASE_URL: servers.upstream.url,
    TURING_API_KEY: apiKey,
    PUBLIC_ORIGIN: shown,
  });
  way.target = told.url;
  await studio.problem.getByRole('button', { name: '重试', exact: true }).click();
  await expect(studio.pictures).toHaveCount(1);
  await told.stop();
});
