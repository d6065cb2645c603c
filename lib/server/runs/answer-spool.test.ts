import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAnswerSpool } from './answer-spool';
import { createMemoryRoom } from './memory-room';
import { type OpenFile, openSpoolFile } from './spool-file';
import { createSpoolRoom } from './spool-room';
import type { AnswerReader } from './store';

const mebibyte = 1024 * 1024;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spool-'));
});
afterEach(() => rm(directory, { recursive: true }));

function open({
  openFile = openSpoolFile,
  maxBytes = 1024 * mebibyte,
  memoryBytes = 1024 * mebibyte,
}: {
  openFile?: OpenFile;
  maxBytes?: number;
  memoryBytes?: number;
} = {}) {
  const room = createSpoolRoom({
    maxBytes,
    reserveBytes: 0,
    freeBytes: async () => Number.POSITIVE_INFINITY,
    sweep: async () => {},
  });
  const memory = createMemoryRoom(memoryBytes);
  const spool = createAnswerSpool({ path: join(directory, 'a', 'answer'), room, memory, openFile });
  return { spool, room, memory };
}

/** Files whose writes fail while `failing` says so. */
function failing(isFailing: () => boolean): OpenFile {
  return async (path, flags) => {
    const file = await openSpoolFile(path, flags);
    return {
      read: file.read.bind(file),
      close: () => file.close(),
      writev: (async (...parameters: Parameters<typeof file.writev>) => {
        if (isFailing()) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        return file.writev(...parameters);
      }) as typeof file.writev,
    };
  };
}

async function digestFrom(reader: AnswerReader, end: number): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < end; ) {
    const chunk = await reader.read(at, 256 * 1024);
    // Nothing there yet: the writer has to have its turn.
    if (chunk.length === 0) await new Promise(setImmediate);
    hash.update(chunk);
    at += chunk.length;
  }
  await reader.close();
  return hash.digest('hex');
}

it('can be opened while it is being written', async () => {
  let isOnDisk = true;
  const { spool } = open({
    // What is said to be written later is not in the file yet when somebody looks.
    openFile: async (path, flags) => {
      const file = await openSpoolFile(path, flags);
      return {
        read: file.read.bind(file),
        close: () => file.close(),
        writev: (async (...parameters: Parameters<typeof file.writev>) => {
          if (isOnDisk) return file.writev(...parameters);
          const buffers = [...parameters[0]] as Uint8Array[];
          return { bytesWritten: buffers.reduce((sum, { length }) => sum + length, 0), buffers };
        }) as typeof file.writev,
      };
    },
  });
  await spool.append(Buffer.from('first'));
  const path = join(directory, 'a', 'answer');
  await vi.waitFor(async () => expect((await stat(path)).size).toBe(5));
  isOnDisk = false;
  const opening = spool.open();
  await spool.append(Buffer.from(' second'));
  await expect(opening).resolves.toBeDefined();
  await spool.finish();
});

describe('a large answer', () => {
  it('is the same live, late and replayed', async () => {
    const { spool, room } = open();
    const bytes = randomBytes(20 * mebibyte);
    const expected = createHash('sha256').update(bytes).digest('hex');
    const live = digestFrom(await spool.open(), bytes.length);
    let late: Promise<string> | undefined;
    for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7 + 11) % 70_000) {
      await spool.append(bytes.subarray(at, at + step));
      if (at > 10 * mebibyte)
        late ??= spool.open().then((reader) => digestFrom(reader, bytes.length));
    }
    expect(spool.bytes).toBe(bytes.length);
    await spool.finish();
    expect(await live).toBe(expected);
    expect(await late).toBe(expected);
    expect(await digestFrom(await spool.open(), bytes.length)).toBe(expected);
    expect(room.used).toBe(bytes.length);
    await spool.discard();
    expect(room.used).toBe(0);
  });

  it('holds its writer back when the disk does not follow', async () => {
    let release = () => {};
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { spool } = open({
      openFile: async (path, flags) => {
        await stuck;
        return openSpoolFile(path, flags);
      },
    });
    await spool.append(Buffer.alloc(mebibyte));
    let appended = false;
    const waiting = spool.append(Buffer.alloc(1)).then(() => {
      appended = true;
    });
    await new Promise(setImmediate);
    expect(appended).toBe(false);
    release();
    await waiting;
    await spool.finish();
    expect(spool.bytes).toBe(mebibyte + 1);
  });
});

describe('a disk that fails', () => {
  it('in the middle: the rest is kept in memory, and everything can be read', async () => {
    let fails = false;
    const { spool, memory } = open({ openFile: failing(() => fails), memoryBytes: 3 * mebibyte });
    const bytes = randomBytes(3 * mebibyte);
    await spool.append(bytes.subarray(0, mebibyte));
    const reader = await spool.open();
    await expect.poll(async () => (await reader.read(0, 10)).length).toBe(10);
    fails = true;
    await spool.append(bytes.subarray(mebibyte, 2 * mebibyte));
    await spool.append(bytes.subarray(2 * mebibyte));
    await spool.finish();
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(await digestFrom(reader, bytes.length)).toBe(expected);
    expect(memory.take(2 * mebibyte)).toBe(false);
    await spool.discard();
    expect(memory.take(3 * mebibyte)).toBe(true);
  });

  it('until after the end: the rest can be written behind what is there', async () => {
    let fails = false;
    const { spool, room, memory } = open({ openFile: failing(() => fails), memoryBytes: mebibyte });
    const bytes = randomBytes(2 * mebibyte);
    const path = join(directory, 'a', 'answer');
    await spool.append(bytes.subarray(0, mebibyte));
    await vi.waitFor(async () => expect((await stat(path)).size).toBe(mebibyte));
    fails = true;
    await spool.append(bytes.subarray(mebibyte));
    await spool.finish();
    expect((await stat(path)).size).toBe(mebibyte);
    fails = false;
    await Promise.all([spool.finish(), spool.finish()]);
    expect(bytes.equals(await readFile(path))).toBe(true);
    expect(room.used).toBe(bytes.length);
    expect(memory.take(mebibyte)).toBe(true);
  });

  it('for a while: at the end everything is on disk', async () => {
    let fails = true;
    const { spool, room, memory } = open({ openFile: failing(() => fails), memoryBytes: 100 });
    await spool.append(Buffer.alloc(50, 1));
    await spool.append(Buffer.alloc(50, 2));
    fails = false;
    await spool.finish();
    expect(room.used).toBe(100);
    expect(memory.take(100)).toBe(true);
  });

  it.each([
    ['for one answer', 70 * mebibyte, 1024 * mebibyte],
    ['for all together', 9 * mebibyte, 2 * mebibyte],
  ])(
    'and memory used up %s: no more is taken, what came can be read',
    async (_, length, memoryBytes) => {
      const { spool } = open({ openFile: failing(() => true), memoryBytes });
      const fill = async () => {
        for (let at = 0; at < length; at += mebibyte) await spool.append(Buffer.alloc(mebibyte, 7));
      };
      await expect(fill()).rejects.toMatchObject({ code: 'spool_full', safeToRepeat: false });
      await spool.finish();
      const reader = await spool.open();
      expect((await reader.read(spool.bytes - 1, 10)).length).toBe(1);
      await reader.close();
      expect(spool.bytes).toBeGreaterThan(mebibyte);
    },
  );

  it('and a setting used up end the same way', async () => {
    const { spool } = open({ maxBytes: 1.5 * mebibyte, memoryBytes: mebibyte });
    const fill = async () => {
      for (let count = 0; count < 9; count++) await spool.append(Buffer.alloc(mebibyte, 7));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'spool_full' });
    await spool.finish();
  });
});
