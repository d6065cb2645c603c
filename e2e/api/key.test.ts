import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerFaults } from '../answer-faults';
import { apiKey } from '../app-server';
import { chatFaults } from '../chat-faults';
import { addresses, password, signIn } from '../lock-server';
import { forgetRequests, locked, upstream } from './servers';
import { chat, paths, picture, send } from './wire-kit';

// What must never be seen outside the server. Scripts are looked at in e2e/key.spec.ts.

forgetRequests();

// Large ones hold no key, and would have to be held here; these wait for a test to go on.
const names = Object.keys({ ...answerFaults, ...chatFaults }).filter(
  (name) => !['chat-one-by-one', 'kept-alive'].includes(name),
);

test('key and password are in no answer, header, page, line of the log or file', async () => {
  const headers = {
    authorization: `Bearer ${password}`,
    cookie: `visitor=${randomUUID()}`,
  };
  const seen: string[] = [];
  const keep = async (response: Response) => {
    seen.push(JSON.stringify([...response.headers]));
    // A connection that breaks has said what it has said.
    for (const reader = response.body?.getReader(); reader; ) {
      const part = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (part.done || !part.value) break;
      seen.push(Buffer.from(part.value).toString('latin1'));
    }
  };
  const before = locked.output().length;
  // At the same time: those that are silent take as long as a silence may.
  const answers = names.map(async (fault) => {
    const isChat = fault.includes('chat') || fault.includes('events');
    const path = isChat ? paths.chat : paths.generations;
    await keep(await send(locked.url + path, isChat ? chat(fault) : picture(fault), { headers }));
  });
  await Promise.all(answers);
  await keep(
    await send(locked.url + paths.generations, { prompt: apiKey.slice(0, 4) }, { headers }),
  );
  const cookie = await signIn(locked.url, 'Ann');
  await keep(await send(`${locked.url}/api/auth/login`, { password: `${password}!` }));
  const files = [...addresses('route.ts'), ...addresses('page.tsx'), '/nowhere'];
  const ways: Record<string, string>[] = [{}, headers, { cookie }, { cookie, rsc: '1' }];
  for (const way of ways) {
    const asked = files.map(async (path) => keep(await fetch(locked.url + path, { headers: way })));
    await Promise.all(asked);
  }
  const id = randomUUID();
  const start = { ...headers, 'idempotency-key': id, prefer: 'respond-async' };
  await keep(await send(locked.url + paths.generations, picture('echo-key'), { headers: start }));
  await keep(await fetch(`${locked.url}/api/runs/${id}/answer`, { headers }));
  const run = async () => (await fetch(`${locked.url}/api/runs/${id}`, { headers })).json();
  await expect.poll(async () => (await run()).state).toBe('done');

  const kept = await filesIn(locked.data);
  // The server writes its log while it goes on, so a line may come after the answer it is about.
  await expect.poll(() => locked.output()).toContain(`"run":"${id}"`);
  const log = locked.output();
  // It was there to be found, and the log has lines to look at.
  expect(upstream.requests.every(({ headers }) => headers.authorization?.endsWith(apiKey))).toBe(
    true,
  );
  expect(log.slice(before).split('\n').length).toBeGreaterThan(names.length);
  expect(kept.length).toBeGreaterThan(1);
  // Each piece of it long enough to be of use.
  for (const canary of [apiKey.slice(3, 15), password]) {
    expect([...seen, ...kept].filter((text) => text.includes(canary))).toEqual([]);
    expect(log).not.toContain(canary);
  }
  expect(seen.some((text) => text.includes('*'.repeat(apiKey.length)))).toBe(true);
});

/** What stands in the files of a folder, and of those in it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(({ parentPath, name }) =>
      // One that is just being replaced is gone by its old name.
      readFile(join(parentPath, name), 'latin1').catch(() => ''),
    ),
  );
}
