import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openLedger } from './ledger';

const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));

// A disk that is nearly full takes what it has room for, and fails at the next write.
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const writeSync = (file: number, text: string): number => {
    const taken = text.slice(0, disk.room);
    if (text && !taken) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    disk.room -= taken.length;
    return fs.writeSync(file, taken);
  };
  const writeFileSync = (file: number, text: string): void => {
    for (let at = 0; at < text.length; ) at += writeSync(file, text.slice(at));
  };
  return { ...fs, writeSync, writeFileSync };
});

const dataDir = mkdtempSync(join(tmpdir(), 'sharing-'));
afterEach(() => rmSync(dataDir, { recursive: true }));

const open = () => openLedger({ dataDir, keepMs: 1000, now: () => 1 });
const ids = (ledger: ReturnType<typeof open>) => ledger.all().map(({ id }) => id);

it('the book stays as it is where the disk has no room for a new one', async () => {
  const ledger = open();
  for (const id of ['1', '2']) {
    await ledger.add({ id, at: 1, person: 'a', model: 'm', pictures: 1, state: 'sent' });
  }
  disk.room = 100;
  expect(open).toThrow('no space');
  disk.room = Number.POSITIVE_INFINITY;
  expect(ids(open())).toEqual(['1', '2']);
});
