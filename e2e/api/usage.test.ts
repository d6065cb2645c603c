import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppServer, apiKey, startApp } from '../app-server';
import { password, signIn } from '../lock-server';
import { forgetRequests, upstream } from './servers';

// Who sent what: the audit that the server writes, and the table that `npm run usage` makes of it.

const script = join(import.meta.dirname, '../../scripts/usage.mjs');

function usage(dataDir: string, ...options: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...options], {
    // No file of settings lies there.
    cwd: tmpdir(),
    env: { ...process.env, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  const { data } = Papa.parse<Record<string, string>>(stdout.replace(/^\ufeff/, '').trim(), {
    header: true,
  });
  return { stdout, stderr, status, rows: data };
}

describe('a server', () => {
  const model = 'turing/gpt-image-2';
  let app: AppServer;
  beforeAll(async () => {
    app = await startApp({
      TURING_BASE_URL: upstream.url,
      TURING_API_KEY: apiKey,
      APP_PASSWORD: password,
    });
  });
  afterAll(() => app.stop());
  forgetRequests();

  const post = (prompt: string, { key, who = {}, n }: { key?: string; who?: object; n?: number }) =>
    fetch(`${app.url}/api/v1/images/generations`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key && { 'idempotency-key': key, prefer: 'respond-async' }),
        ...who,
      },
      body: JSON.stringify({ model, prompt, n }),
    });

  test('keeps of each request who sent it and what came of it, and nothing of its prompt', async () => {
    const sdk = { authorization: `Bearer ${password}` };
    const cookie = await signIn(app.url, '=SUM(1)');
    const visitor = /visitor=([^;]+)/.exec(cookie)?.[1] ?? '';
    const page = { cookie, 'sec-fetch-site': 'same-origin' };
    const state = async (key: string) => {
      const run = await fetch(`${app.url}/api/runs/${key}`, { headers: page });
      return ((await run.json()) as { state: string }).state;
    };

    await (await post('canary fault:ok', { who: sdk, n: 3 })).arrayBuffer();
    await (await post('canary fault:server-error', { who: sdk })).arrayBuffer();
    // Refused, so nothing was sent.
    expect((await post('', { who: sdk })).status).toBe(400);
    const [done, cancelled, cut] = [randomUUID(), randomUUID(), randomUUID()];
    await post('canary fault:ok', { who: page, key: done });
    await expect.poll(() => state(done)).toBe('done');
    // A repeat is no request.
    await post('canary fault:ok', { who: page, key: done });
    await post('canary fault:silent', { who: page, key: cancelled });
    await expect.poll(() => upstream.requests.length).toBe(4);
    await fetch(`${app.url}/api/runs/${cancelled}`, { method: 'DELETE', headers: page });
    await post('canary fault:silent', { who: page, key: cut, n: 2 });
    await expect.poll(() => upstream.requests.length).toBe(5);

    const expected = [
      {
        person: "'=SUM(1)",
        known_by: 'session',
        model,
        requests: '3',
        pictures_asked: '4',
        pictures_returned: '1',
        done: '1',
        failed: '0',
        cancelled: '1',
        interrupted: '0',
        unfinished: '1',
      },
      {
        person: 'sdk@127.0.0.1',
        known_by: 'sdk',
        model,
        requests: '2',
        pictures_asked: '4',
        pictures_returned: '1',
        done: '1',
        failed: '1',
        cancelled: '0',
        interrupted: '0',
        unfinished: '0',
      },
    ];
    await expect.poll(() => usage(app.data).rows).toEqual(expected);
    await app.killAndRestart();
    expect(usage(app.data).rows).toEqual(expected);
    const files = readdirSync(join(app.data, 'audit'));
    const kept = files.map((name) => readFileSync(join(app.data, 'audit', name), 'utf8')).join('');
    for (const secret of ['canary', visitor, password, apiKey]) expect(kept).not.toContain(secret);
    // The log has the same, a line for each.
    const lines = app.output().match(/"asked":\d+,"returned":\d+/g);
    expect(lines?.sort()).toEqual([
      '"asked":1,"returned":0',
      '"asked":1,"returned":0',
      '"asked":1,"returned":1',
      '"asked":3,"returned":1',
    ]);
  });
});

describe('the table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'usage-'));
  const who = { who: 'Ann, "the" lead\n', by: 'session', endpoint: 'chat', model: 'm' };
  const sent = (id: string, more = {}) => ({ id, event: 'sent', ...who, asked: 1, ...more });
  const ended = (id: string) => ({ id, event: 'ended', outcome: 'done', returned: 1 });
  const days: Record<string, (object | string)[]> = {
    '2026-02-27': [sent('a'), ended('a'), sent('b')],
    '2026-02-28': [ended('b'), '{"id":"cut', sent('c', { who: '@SUM(A1)' }), 'null', '[]'],
    '2026-03-01': [ended('c'), sent('d', { asked: 5 }), '{"id":"x","event":"sent","who":"hal'],
  };
  beforeAll(() => {
    mkdirSync(join(folder, 'audit'));
    for (const [day, lines] of Object.entries(days)) {
      const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
      writeFileSync(join(folder, 'audit', `${day}.jsonl`), `\n${text.join('\n\n')}`);
    }
    writeFileSync(join(folder, 'audit', 'notes.txt'), JSON.stringify(sent('e')));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const counts = (...options: string[]) =>
    usage(folder, ...options).rows.map((row) => [
      row.person,
      row.requests,
      row.pictures_asked,
      row.done,
      row.unfinished,
    ]);

  test('adds up all days, reads round what is cut, and quotes what a spreadsheet would run', () => {
    expect(counts()).toEqual([
      ["'@SUM(A1)", '1', '1', '1', '0'],
      ['Ann, "the" lead\n', '3', '7', '2', '1'],
    ]);
    expect(usage(folder).stdout.startsWith('\ufeffperson,known_by,model,requests,')).toBe(true);
  });

  test('counts a request by the day on which it was sent', () => {
    expect(counts('--to', '2026-02-27')).toEqual([['Ann, "the" lead\n', '2', '2', '2', '0']]);
    expect(counts('--from', '2026-02-28', '--to', '2026-02-28')).toEqual([
      ["'@SUM(A1)", '1', '1', '1', '0'],
    ]);
    expect(counts('--from', '2026-03-01')).toEqual([['Ann, "the" lead\n', '1', '5', '0', '1']]);
    expect(counts('--from', '2027-01-01')).toEqual([]);
  });

  test.each([
    [['--from', '2026-02-30'], /--from must be a day such as 2026-11-30, not "2026-02-30"/],
    [['--to', 'yesterday'], /--to must be a day/],
    [['--from', '2026-03-02', '--to', '2026-03-01'], /is after/],
    [['--form', '2026-03-02'], /--form/],
    [['--from'], /--from/],
    [['2026-03-02'], /2026-03-02/],
  ])('%j is an error that says what is wrong', (options, words) => {
    const { status, stdout, stderr } = usage(folder, ...options);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a folder without an audit is an error that names it', () => {
    const { status, stderr } = usage(join(folder, 'nowhere'));
    expect(status).toBe(1);
    expect(stderr).toContain(join(folder, 'nowhere', 'audit'));
  });
});
