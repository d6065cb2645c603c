import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OpenFile, openSpoolFile } from './answer-file';
import { QueuedBytes } from './queued-bytes';
import { Reservation, SpoolRoom } from './room';
import type { AnswerReader } from './run-store';
import { type AnswerSpool, createAnswerSpool } from './spool';

const mebibyte = 1024 * 1024;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spool-'));
});
afterEach(() => rm(directory, { recursive: true }));

function open({
  openFile = openSpoolFile,
  maxBytes = 1024 * mebibyte,
  queued = new QueuedBytes({ most: 0, each: mebibyte }),
}: {
  openFile?: OpenFile;
  maxBytes?: number;
  queued?: QueuedBytes;
} = {}) {
  const freeBytes = async () => Number.POSITIVE_INFINITY;
  const room = new SpoolRoom({ maxBytes, freeBytes, makeRoom: () => undefined });
  const reservation = new Reservation(room, 'somebody');
  const path = join(directory, 'a', 'answer');
  return { spool: createAnswerSpool({ path, reservation, openFile, queued }), reservation, path };
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
    const { spool, reservation } = open();
    await reservation.reserve(50 * mebibyte);
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
    expect(reservation.bytes).toBe(bytes.length);
    await spool.discard();
    expect(reservation.bytes).toBe(0);
  });
});

describe('a disk that does not follow', () => {
  /** Spools whose files are opened once `release` is called; all count their bytes together. */
  function stuck(limits: ConstructorParameters<typeof QueuedBytes>[0]) {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const openFile: OpenFile = async (path, flags) => {
      await released;
      return openSpoolFile(path, flags);
    };
    const queued = new QueuedBytes(limits);
    return { release, next: () => open({ openFile, queued }).spool };
  }

  /** Whether a spool takes so much more without waiting for the disk. */
  async function takes(spool: AnswerSpool, bytes: number) {
    let hasTaken = false;
    const taken = spool.append(Buffer.alloc(bytes)).then(() => {
      hasTaken = true;
    });
    await new Promise(setImmediate);
    return { hasTaken, taken };
  }

  it('holds a writer back, and no byte is lost', async () => {
    const { next, release } = stuck({ most: mebibyte, each: 0 });
    const spool = next();
    await spool.append(Buffer.alloc(mebibyte));
    const more = await takes(spool, 1);
    expect(more.hasTaken).toBe(false);
    release();
    await more.taken;
    await spool.finish();
    expect(spool.bytes).toBe(mebibyte + 1);
  });

  it('holds back whoever has more than its own, once all together have too much', async () => {
    const { next, release } = stuck({ most: mebibyte, each: 1000 });
    const [large, small] = [next(), next()];
    await large.append(Buffer.alloc(mebibyte));
    expect((await takes(small, 1000)).hasTaken).toBe(true);
    const waiting = [await takes(small, 1), await takes(large, 1)];
    expect(waiting.map(({ hasTaken }) => hasTaken)).toEqual([false, false]);
    release();
    await Promise.all(waiting.map(({ taken }) => taken));
    await Promise.all([large.finish(), small.finish()]);
    // What was written counts no more.
    const another = next();
    expect((await takes(another, mebibyte)).hasTaken).toBe(true);
    await another.finish();
  });
});

describe('a disk that fails', () => {
  it('in the middle takes no more, and has what it took', async () => {
    let fails = false;
    const { spool, reservation, path } = open({ openFile: failing(() => fails) });
    const bytes = randomBytes(3 * mebibyte);
    await spool.append(bytes.subarray(0, mebibyte));
    await vi.waitFor(async () => expect((await stat(path)).size).toBe(mebibyte));
    const reader = await spool.open();
    fails = true;
    const rest = async () => {
      for (const at of [1, 2])
        await spool.append(bytes.subarray(at * mebibyte, (at + 1) * mebibyte));
    };
    await expect(rest()).rejects.toMatchObject({ code: 'spool_full', safeToRepeat: false });
    await expect(spool.finish()).rejects.toMatchObject({ code: 'spool_full' });
    expect(spool.bytes).toBe(mebibyte);
    expect(reservation.bytes).toBe(mebibyte);
    const expected = createHash('sha256').update(bytes.subarray(0, mebibyte)).digest('hex');
    expect(await digestFrom(reader, mebibyte)).toBe(expected);
    expect(await digestFrom(await spool.open(), mebibyte)).toBe(expected);
    expect(await spool.append(bytes).catch(({ code }) => code)).toBe('spool_full');
  });

  it('at the last byte is not said to have it, and nobody waits for it', async () => {
    const queued = new QueuedBytes({ most: 0, each: 0 });
    const { spool } = open({ openFile: failing(() => true), queued });
    await spool.append(Buffer.alloc(50)).catch(() => {});
    await expect(spool.finish()).rejects.toMatchObject({ code: 'spool_full' });
    expect(spool.bytes).toBe(0);
    expect(queued.isFull(1)).toBe(false);
  });

  it('by the setting fails the same way', async () => {
    const { spool } = open({ maxBytes: 1.5 * mebibyte });
    const fill = async () => {
      for (let count = 0; count < 9; count++) await spool.append(Buffer.alloc(mebibyte, 7));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'spool_full' });
    await expect(spool.finish()).rejects.toMatchObject({ code: 'spool_full' });
    expect(spool.bytes).toBeLessThanOrEqual(1.5 * mebibyte);
  });
});
