import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { answerFaults } from './answer-faults';
import { chatFaults } from './chat-faults';
import { largeFaults } from './large-faults';
import { addresses, password, signIn, startLocked } from './lock-server';
import { apiKey } from './servers';
import { chat, paths, picture, send } from './wire-kit';

// What must never be seen outside the server.

// Those of hundreds of megabytes hold no key, and would have to be held here.
const names = Object.keys({ ...answerFaults, ...chatFaults });

test('key and password are in no answer, header, page, script, line of the log or file', async ({
  page,
}) => {
  const { app, upstream, stop } = await startLocked({ TURING_TIMEOUT_MS: '1000' });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${password}` };
  // Every fault, and every address four times.
  test.slow();
  const seen: string[] = [];
  const kept: string[] = [];
  const keep = async (response: Response) => {
    seen.push(JSON.stringify([...response.headers]));
    // A connection that breaks has said what it has said.
    for (const reader = response.body?.getReader(); reader; ) {
      const part = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (part.done || !part.value) break;
      seen.push(Buffer.from(part.value).toString('latin1'));
    }
  };
  try {
    for (const fault of names) {
      // These wait for a test to go on, and the large ones are too much to be kept.
      if (['chat-one-by-one', 'kept-alive'].includes(fault)) continue;
      if (Object.hasOwn(largeFaults, fault)) continue;
      const isChat = fault.includes('chat') || fault.includes('events');
      const path = isChat ? paths.chat : paths.generations;
      const asked = await send(app.url + path, isChat ? chat(fault) : picture(fault), {
        headers,
      });
      await keep(asked);
    }
    await keep(
      await send(app.url + paths.generations, { prompt: apiKey.slice(0, 4) }, { headers }),
    );
    const cookie = await signIn(app.url, 'Ann');
    await keep(await send(`${app.url}/api/auth/login`, { password: `${password}!` }));
    const files = [...addresses('route.ts'), ...addresses('page.tsx'), '/nowhere'];
    const ways: Record<string, string>[] = [{}, headers, { cookie }, { cookie, rsc: '1' }];
    for (const way of ways) {
      const asked = files.map(async (path) => keep(await fetch(app.url + path, { headers: way })));
      await Promise.all(asked);
    }
    await page.context().addCookies(cookiesOf(cookie, app.url));
    const scripts = await scriptsOf(page, app.url);
    expect(scripts.length).toBeGreaterThan(5);
    seen.push(...scripts, await page.content());
  } finally {
    kept.push(...(await filesIn(app.data)));
    await stop();
  }
  // It was there to be found, and the log has lines to look at.
  expect(upstream.requests.every(({ headers }) => headers.authorization?.endsWith(apiKey))).toBe(
    true,
  );
  expect(app.output().split('\n').length).toBeGreaterThan(names.length);
  expect(kept.length).toBeGreaterThan(1);
  // Each piece of it long enough to be of use.
  for (const canary of [apiKey.slice(3, 15), password]) {
    expect([...seen, ...kept].filter((text) => text.includes(canary))).toEqual([]);
    expect(app.output()).not.toContain(canary);
  }
  expect(seen.some((text) => text.includes('*'.repeat(apiKey.length)))).toBe(true);
});

/** What a `Cookie` header holds, as a browser takes it. */
function cookiesOf(header: string, url: string) {
  return header.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
}

/** What stands in the files of a folder, and of those in it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
  );
}

/** The scripts and styles that a page loads while it makes a picture, its worker's too. */
async function scriptsOf(page: Page, url: string): Promise<string[]> {
  const addresses = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (pathname.startsWith('/_next/static/')) addresses.add(origin + pathname);
  });
  await page.goto(url);
  await page.getByTestId('prompt').fill('fault:ok');
  await page.getByTestId('submit').click();
  await expect(page.getByTestId('result-image')).toHaveCount(1);
  return Promise.all([...addresses].map(async (address) => (await fetch(address)).text()));
}
