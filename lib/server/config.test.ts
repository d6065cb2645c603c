import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config';
import { prepareDataDir } from './runs/run-store';

describe('the settings of the spool', () => {
  it('have sensible values by themselves', () => {
    expect(readConfig({})).toMatchObject({
      dataDir: '.data',
      spoolMaxBytes: 10 * 1024 ** 3,
      spoolMaxAgeMs: 24 * 60 * 60 * 1000,
      pictureHosts: [],
    });
  });

  it('are read', () => {
    const env = {
      DATA_DIR: ' /srv/data ',
      SPOOL_MAX_BYTES: '1000',
      SPOOL_MAX_AGE_HOURS: '2',
      PICTURE_HOSTS: 'A.example.com, b.example.com:8443 127.0.0.1:80 b.example.com:8443',
    };
    expect(readConfig(env)).toMatchObject({
      dataDir: '/srv/data',
      spoolMaxBytes: 1000,
      spoolMaxAgeMs: 7_200_000,
      pictureHosts: ['a.example.com', 'b.example.com:8443', '127.0.0.1:80'],
    });
  });

  it.each([
    ['SPOOL_MAX_BYTES', '0'],
    ['SPOOL_MAX_BYTES', '10GB'],
    ['SPOOL_MAX_BYTES', '1e30'],
    ['SPOOL_MAX_AGE_HOURS', '-1'],
    ['SPOOL_MAX_AGE_HOURS', '1.5'],
    ['SPOOL_MAX_AGE_HOURS', '87601'],
    ['PICTURE_HOSTS', 'https://a.example.com'],
    ['PICTURE_HOSTS', "a.example.com; script-src 'unsafe-inline'"],
    ['PICTURE_HOSTS', 'a.example.com/path'],
    ['PICTURE_HOSTS', 'a.example.com:99999'],
    ['PICTURE_HOSTS', '*'],
  ])('%s=%s stops the server with a sentence', (name, value) => {
    const sentence = new RegExp(`^${name} must be .+ Example: ${name}=`);
    expect(() => readConfig({ [name]: value })).toThrow(sentence);
  });
});

describe('DATA_DIR', () => {
  it('is made, and left empty', () => {
    const root = mkdtempSync(join(tmpdir(), 'data-'));
    const dataDir = join(root, 'a', 'b');
    for (const _ of [1, 2]) prepareDataDir({ dataDir });
    expect(readdirSync(dataDir)).toEqual([]);
    rmSync(root, { recursive: true });
  });

  it('that cannot be made stops the server with a sentence', () => {
    const root = mkdtempSync(join(tmpdir(), 'data-'));
    const file = join(root, 'file');
    writeFileSync(file, '');
    for (const dataDir of [file, join(file, 'a')]) {
      expect(() => prepareDataDir({ dataDir })).toThrow(
        /^DATA_DIR must be a directory .+ Example:/,
      );
    }
    rmSync(root, { recursive: true });
  });
});
