import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AccessFiles, openAccessFiles } from './access-files';
import { createKnownSources } from './known-sources';

const hour = 60 * 60 * 1000;
let folder: string;
let clock: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'known-'));
  clock = Date.UTC(2030, 0, 1);
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = ({ password = 'four-quiet-words', files = openAccessFiles(folder), most = 3 } = {}) =>
  createKnownSources({ files, password, now: () => clock, most });

it('a source is known for a day after the right password last came, also after a restart', async () => {
  await start().note(['address 10.0.0.1', 'visitor a']);
  clock += 23 * hour;
  expect(start().has('visitor a')).toBe(true);
  expect(start().has('visitor b')).toBe(false);
  await start().note(['address 10.0.0.1']);
  clock += 23 * hour;
  expect(start().has('address 10.0.0.1')).toBe(true);
  expect(start().has('visitor a')).toBe(false);
});

it('a day is a whole day, though a mark is written at most every ten minutes', async () => {
  let writes = 0;
  const files = openAccessFiles(folder);
  const counting: AccessFiles = {
    ...files,
    write: (name, value) => {
      writes++;
      return files.write(name, value);
    },
  };
  const known = start({ files: counting });
  for (let minute = 0; minute < 10; minute++) {
    await known.note(['address 10.0.0.1']);
    clock += 60_000;
  }
  expect(writes).toBe(1);
  clock += 24 * hour - 60_000;
  expect(known.has('address 10.0.0.1')).toBe(true);
});

it('nobody is known by another password, nor by the file', async () => {
  await start().note(['address 10.0.0.1']);
  expect(start({ password: 'other-quiet-words' }).has('address 10.0.0.1')).toBe(false);
  const file = readFileSync(join(folder, 'access', 'known-sources.json'), 'utf8');
  expect(file).not.toContain('10.0.0.1');
});

it('a clock that was wrong makes nobody known for longer than a day', async () => {
  clock += 1000 * hour;
  await start().note(['address 10.0.0.1']);
  clock -= 1000 * hour;
  expect(start().has('address 10.0.0.1')).toBe(false);
  await start().note(['address 10.0.0.1']);
  clock -= hour;
  expect(start().has('address 10.0.0.1')).toBe(true);
});

it('of too many the oldest go, and many notes at once are all kept', async () => {
  const known = start();
  await Promise.all(['a', 'b', 'c', 'd'].map((source) => known.note([source])));
  for (const at of [known, start()]) {
    expect(['a', 'b', 'c', 'd'].map(at.has)).toEqual([false, true, true, true]);
  }
});

it('what is kept is a day old at most', async () => {
  await start().note(['address 10.0.0.1']);
  clock += 26 * hour;
  await start().note(['address 10.0.0.2']);
  expect(openAccessFiles(folder).read('known-sources')).toHaveLength(1);
});

it('a damaged file knows nobody and stops nothing', async () => {
  for (const content of [undefined, null, {}, [1, ['x'], [1, 2], null]]) {
    const files = { ...openAccessFiles(folder), read: () => content };
    expect(start({ files }).has('x')).toBe(false);
  }
});
