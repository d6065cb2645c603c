import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareDataDir } from './run-files';

describe('DATA_DIR', () => {
  it('is made, and no more than its folder for runs', () => {
    const root = mkdtempSync(join(tmpdir(), 'data-'));
    const dataDir = join(root, 'a', 'b');
    for (const _ of [1, 2]) prepareDataDir({ dataDir });
    expect(readdirSync(dataDir)).toEqual(['runs']);
    expect(readdirSync(join(dataDir, 'runs'))).toEqual([]);
    rmSync(root, { recursive: true });
  });

  it('that cannot be made stops the server with a sentence', () => {
    const root = mkdtempSync(join(tmpdir(), 'data-'));
    const file = join(root, 'file');
    writeFileSync(file, '');
    const taken = join(root, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'runs'), '');
    for (const dataDir of [file, join(file, 'a'), taken]) {
      expect(() => prepareDataDir({ dataDir })).toThrow(
        /^DATA_DIR must be a directory .+ Example:/,
      );
    }
    rmSync(root, { recursive: true });
  });
});
