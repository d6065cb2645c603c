import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { log } from '../log';
import { type AuditedRequest, openAudit } from './audit';

const dayMs = 24 * 60 * 60 * 1000;
let dataDir: string;
let now: number;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'audit-'));
  now = Date.parse('2026-03-01T23:59:00Z');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const open = () => openAudit({ dataDir, now: () => now });
const folder = () => join(dataDir, 'audit');
const lines = (day: string) =>
  readFileSync(join(folder(), `${day}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const request: AuditedRequest = {
  who: 'Ann',
  by: 'session',
  run: 'r',
  endpoint: 'generations',
  model: 'm',
  asked: 4,
};

it('has a line when a request goes and one when it ends, in the file of each day', () => {
  const end = open().sent(request);
  now += 2 * 60_000;
  end({ outcome: 'failed', returned: 3, code: 'spool_full' });
  const [sent] = lines('2026-03-01');
  expect(sent).toEqual({
    ...request,
    id: expect.any(String),
    event: 'sent',
    at: '2026-03-01T23:59:00.000Z',
  });
  expect(lines('2026-03-02')).toEqual([
    {
      id: sent.id,
      event: 'ended',
      at: '2026-03-02T00:01:00.000Z',
      outcome: 'failed',
      returned: 3,
      code: 'spool_full',
    },
  ]);
});

it('is readable for the own user of the server alone', () => {
  open().sent(request);
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder(), '2026-03-01.jsonl')).mode & 0o777).toBe(0o600);
});

it('keeps 90 days, and leaves alone what is not its own', () => {
  open().sent(request);
  for (const name of ['2025-01-01.jsonl.bak', 'notes.txt']) writeFileSync(join(folder(), name), '');
  now += 90 * dayMs;
  const audit = open();
  audit.sent(request);
  expect(readdirSync(folder()).sort()).toEqual([
    '2025-01-01.jsonl.bak',
    '2026-03-01.jsonl',
    '2026-05-30.jsonl',
    'notes.txt',
  ]);
  now += dayMs;
  audit.sent(request);
  expect(readdirSync(folder())).not.toContain('2026-03-01.jsonl');
});

it('goes on behind a line that was cut short', () => {
  open().sent(request);
  appendFileSync(join(folder(), '2026-03-01.jsonl'), '\n{"id":"cut","at":"20');
  open().sent({ ...request, who: 'Bob' });
  const text = readFileSync(join(folder(), '2026-03-01.jsonl'), 'utf8');
  expect(text.split('\n').at(-2)).toContain('"who":"Bob"');
});

it('fails nothing where it cannot be written, and says so in the log', () => {
  const said: unknown[][] = [];
  const { error } = log();
  log().error = (...words: unknown[]) => void said.push(words);
  writeFileSync(folder(), '');
  const audit = open();
  audit.sent(request)({ outcome: 'done', returned: 4 });
  expect(said.map(([, words]) => words)).toEqual([
    'a line of the audit cannot be saved',
    'a line of the audit cannot be saved',
  ]);
  // It is written again as soon as it can be.
  rmSync(folder());
  audit.sent(request);
  expect(lines('2026-03-01')).toHaveLength(1);
  log().error = error;
});

it('writes each name on one line, whatever it is', () => {
  mkdirSync(folder());
  const who = 'Ann\n{"id":"forged"}\u2028';
  open().sent({ ...request, who });
  expect(lines('2026-03-01')).toEqual([expect.objectContaining({ who })]);
});
