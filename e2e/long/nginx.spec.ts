import { setTimeout as wait } from 'node:timers/promises';
import { test as base, expect } from '@playwright/test';
import OpenAI, { toFile } from 'openai';
import { apiKey } from '../app-server';
import { openChat } from '../chat-page';
import { addReferences, openEdit, pictureFile } from '../edit-page';
import {
  type FaultUpstream,
  goodEvents,
  onePixel,
  releaseStep,
  startFaultUpstream,
} from '../fault-upstream';
import { expectTrouble, switchTo } from '../trouble-words';
import { composeLines, defaults, shownName, throughNginx } from './nginx';

// Behind a real nginx: at its defaults (60 s of patience, HTTP/1.0 to the app, the host rewritten,
// buffers, bodies of 1 MB), and with docs/nginx.conf. The name is no secure context.

const test = base.extend<{ upstream: FaultUpstream; settings: Record<string, string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  upstream: async ({}, use) => {
    const upstream = await startFaultUpstream();
    await use(upstream);
    await upstream.close();
  },
  settings: async ({ upstream }, use) => {
    await use({ TURING_BASE_URL: upstream.url, TURING_API_KEY: apiKey });
  },
});
test.use({
  locale: 'en-US',
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [`--host-resolver-rules=MAP ${shownName} 127.0.0.1`] });
  },
});

/** A file of a picture with so many bytes behind it. */
async function largePicture(bytes: number) {
  const file = await pictureFile({ name: 'large.png' });
  return { ...file, buffer: Buffer.concat([file.buffer, Buffer.alloc(bytes)]) };
}

for (const seconds of [90, 310]) {
  test(`at its defaults: a run of ${seconds} s ends with its pictures, sent once`, async ({
    page,
    upstream,
    settings,
  }) => {
    await throughNginx({ lines: defaults, settings }, async ({ shown }) => {
      await page.goto(shown);
      expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
      await page.getByTestId('prompt').fill('fault:held');
      await page.getByTestId('submit').click();
      await expect.poll(() => upstream.requests.filter(({ complete }) => complete).length).toBe(1);
      await wait(seconds * 1000);
      releaseStep();
      // nginx holds the first picture back, and gives the answer up after a minute: it is taken up
      // again from its byte.
      await expect(page.getByTestId('run-card')).toHaveAttribute('aria-busy', 'true');
      await wait(70_000);
      releaseStep();
      await expect(page.getByTestId('result-image')).toHaveCount(2, { timeout: 30_000 });
      await expect(page.getByTestId('problem')).toHaveCount(0);
      expect(upstream.requests).toHaveLength(1);
    });
  });
}

test('at its defaults: a body over 1 MB is explained, with the setting to change', async ({
  page,
  upstream,
  settings,
}) => {
  await throughNginx({ lines: defaults, settings }, async ({ shown }) => {
    await openEdit(page, shown);
    await addReferences(page, [await largePicture(11_000_000)]);
    await page.getByTestId('prompt').fill('too large');
    await page.getByTestId('submit').click();
    await expectTrouble(page.locator('main'), ['', 'proxy_too_large', 'free'], 'en');
    await switchTo(page, 'zh');
    await expectTrouble(page.locator('main'), ['', 'proxy_too_large', 'free'], 'zh');
    expect(upstream.requests).toHaveLength(0);
  });
});

for (const [name, lines] of [
  ['at its defaults', defaults],
  ['with docs/nginx.conf', composeLines],
] as const) {
  test(`${name}: a conversation comes piece by piece`, async ({ page, upstream, settings }) => {
    await throughNginx({ lines, settings }, async ({ shown }) => {
      const chat = await openChat(page, shown);
      await chat.say('fault:chat-held');
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
      expect(upstream.requests).toHaveLength(1);
    });
  });
}

test('with docs/nginx.conf: pages make pictures, from 11 MB too', async ({
  page,
  upstream,
  settings,
}) => {
  await throughNginx({ lines: composeLines, settings }, async ({ shown }) => {
    await page.goto(shown);
    await page.getByTestId('prompt').fill('a blue boat');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('result-image')).toHaveCount(1);
    await openEdit(page, shown);
    await addReferences(page, [await largePicture(11_000_000)]);
    await page.getByTestId('prompt').fill('a red boat');
    await page.getByTestId('submit').click();
    await expect(page.getByTestId('result-image')).toHaveCount(1);
    expect(upstream.requests).toHaveLength(2);
    expect(upstream.requests[1]?.body.length).toBeGreaterThan(11_000_000);
  });
});

test('with docs/nginx.conf: an SDK sends a large file', async ({ upstream, settings }) => {
  await throughNginx({ lines: composeLines, settings }, async ({ direct }) => {
    const client = new OpenAI({ apiKey: 'any', baseURL: `${direct}/api/v1`, maxRetries: 0 });
    const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(49_500_000)]);
    const answer = await client.images.edit({
      model: 'turing/gpt-image-2',
      prompt: 'p',
      image: await toFile(file, 'large.png', { type: 'image/png' }),
    });
    expect(answer.data?.[0]?.b64_json).toBe(onePixel);
    expect(upstream.requests).toHaveLength(1);
    expect(upstream.requests[0]?.complete).toBe(true);
  });
});

test('with docs/nginx.conf: a stream of an SDK is not held back', async ({ settings }) => {
  await throughNginx({ lines: composeLines, settings }, async ({ direct }) => {
    const response = await fetch(`${direct}/api/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'turing/gemini-3-pro-image',
        stream: true,
        messages: [{ role: 'user', content: 'fault:chat-one-by-one' }],
      }),
    });
    const reader = response.body?.getReader();
    for (const event of goodEvents) {
      const { value } = (await reader?.read()) ?? {};
      expect(Buffer.from(value ?? []).toString()).toBe(event);
      // The next one is sent only now.
      releaseStep();
    }
  });
});
