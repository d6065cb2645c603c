import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startFaultUpstream } from '../fault-upstream';
import { faults } from '../faults';

// The upstream itself: its table is whole, and what it says of itself is true.

test('every fault stands in the table, and nothing else does', () => {
  const source = readFileSync(join(import.meta.dirname, '../faults.ts'), 'utf8');
  const rows = [...source.matchAll(/^\/\/ {3}(\S.*)$/gm)].map(([, row = '']) => row);
  const names = rows.flatMap((row) => row.split(/ {2,}| (?=\d)/)[0]?.split(', ') ?? []);
  expect(names.toSorted()).toEqual(['close-upload', ...Object.keys(faults)].toSorted());
});

test('refuses connections while it is told to, and counts what came', async () => {
  const upstream = await startFaultUpstream();
  const ask = (prompt: string) =>
    fetch(`${upstream.url}/images/generations`, { method: 'POST', body: prompt });
  try {
    expect((await ask('fault:ok')).status).toBe(200);
    upstream.refuse();
    await expect(ask('fault:ok')).rejects.toThrow();
    await upstream.accept();
    await expect(ask('fault:reset-before')).rejects.toThrow();
    const counts = await fetch(new URL('/counts', upstream.url));
    expect(await counts.json()).toEqual({ posts: 2, whole: 2 });
  } finally {
    await upstream.close();
  }
});
