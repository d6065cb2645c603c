import { describe, expect, it } from 'vitest';
import { createHashedReport } from './hashed-report';
import type { PictureFile } from './picture-collector';

type Told = PictureFile | { type: 'text'; text: string } | { type: 'block'; lifted: unknown };

const file = new Blob(['pixels']);
const fileOf = (hash: string, hashing?: Promise<string>): PictureFile => ({
  type: 'file',
  hash,
  ...(hashing ? { hashing } : {}),
  file,
  mayBeTransparent: false,
});

describe('events that name pictures', () => {
  it('are passed on at once where nothing is to be waited for', () => {
    const told: Told[] = [];
    const { report } = createHashedReport<Told>((event) => told.push(event));
    report({ type: 'text', text: 'a' });
    report(fileOf('sha'));
    expect(told).toEqual([{ type: 'text', text: 'a' }, fileOf('sha')]);
  });

  it('keep their order, and have hashes in place of names, however deep', async () => {
    const told: Told[] = [];
    let resolve = (_: string) => {};
    const hashing = new Promise<string>((done) => {
      resolve = done;
    });
    const { report, settled } = createHashedReport<Told>((event) => told.push(event));
    report({ type: 'text', text: 'before' });
    report(fileOf('one', hashing));
    report({
      type: 'block',
      lifted: { url: { hash: 'one', byteLength: 3 }, list: ['one', 1, null] },
    });
    report(fileOf('two', Promise.resolve('sha-2')));
    report({ type: 'text', text: 'one is not a name here' });
    expect(told).toHaveLength(1);
    resolve('sha-1');
    await settled();
    report({ type: 'text', text: 'after' });
    expect(told).toEqual([
      { type: 'text', text: 'before' },
      fileOf('sha-1'),
      {
        type: 'block',
        lifted: { url: { hash: 'sha-1', byteLength: 3 }, list: ['sha-1', 1, null] },
      },
      fileOf('sha-2'),
      { type: 'text', text: 'one is not a name here' },
      { type: 'text', text: 'after' },
    ]);
    expect(told[1]).toHaveProperty('file', file);
  });

  it('are not lost in silence', async () => {
    const { report, settled } = createHashedReport<Told>(() => {
      throw new RangeError('no room');
    });
    report(fileOf('one', Promise.resolve('sha')));
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    await expect(settled()).rejects.toThrow('no room');
  });
});
