import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../core/api-error';
import { encodeSseEvent } from '../../core/bytes/sse';
import { createBoundaryFinder } from './event-boundary';
import { wholeEvents } from './whole-events';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-events-'));
});
afterAll(() => rm(folder, { recursive: true }));

const broken = new ApiError({ code: 'upstream_timeout', message: 'Silence' });
const errorEvent = Buffer.from(encodeSseEvent(JSON.stringify(broken.toEnvelope()))).toString();

async function* source(chunks: readonly Uint8Array[], error?: Error) {
  for (const chunk of chunks) yield chunk;
  if (error) throw error;
  return undefined;
}

/** What passes of a stream in pieces: after each piece, and in all. */
async function pass(text: string | Buffer, size: number, error?: Error) {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const pieces = wholeEvents(source(chunks, error), folder);
  const out: Uint8Array[] = [];
  for (;;) {
    const next = await pieces.next();
    if (next.done) return { passed: Buffer.concat(out), end: next.value };
    out.push(next.value);
  }
}

const sizes = [1, 3, 1e9];

describe('a stream of events', () => {
  it.each([
    ['data: a\n\n', 'data: b\n'],
    ['data: a\n\n: ping\n', 'data: "b'],
    ['data: a\r\n\r\n', 'data: {"b":\r\n'],
    ['data: a\r\r', 'event: x\rdata: b\r'],
    ['\ndata: a\n\n\n', 'd'],
    [': ping\n', ': pi'],
    ['', 'data: a\n: in the midst\n'],
  ])('that breaks ends after its last whole event: %j %j', async (whole, begun) => {
    for (const size of sizes) {
      const { passed, end } = await pass(whole + begun, size, broken);
      expect(passed.toString()).toBe(whole + errorEvent);
      expect(end).toBe(broken);
    }
  });

  it('passes as it came, though its last event lacks its end', async () => {
    const text = 'data: a\r\n\r\n: ping\n\ndata: b';
    for (const size of sizes) {
      expect((await pass(text, size)).passed.toString()).toBe(text);
    }
  });

  it('breaks with any other error', async () => {
    await expect(pass('data: a', 1, new Error('gone'))).rejects.toThrow('gone');
  });

  it('may be cut anywhere', () => {
    const part = fc.constantFrom('data: a', ': x', '\n', '\r\n', '\r', 'id', '\n\n');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const bytes = Buffer.from(parts.join(''));
          const ends = (step: number) => {
            const finder = createBoundaryFinder();
            let last = 0;
            for (let at = 0; at < bytes.length; at += step) {
              const ended = finder.next(bytes.subarray(at, at + step));
              if (ended > 0) last = at + ended;
            }
            return last;
          };
          expect(ends(size)).toBe(ends(1e9));
        },
      ),
    );
  });
});

describe('a long event', () => {
  const mebibyte = 1024 * 1024;
  const picture = Buffer.alloc(5 * mebibyte, 'A');
  const long = Buffer.concat([Buffer.from('data: '), picture, Buffer.from('\n\n')]);

  it('waits in a file, which leaves nothing behind', async () => {
    const two = Buffer.concat([long, Buffer.from('data: b\n\n'), long]);
    expect((await pass(two, 70_000)).passed.equals(two)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
    const cut = await pass(two.subarray(0, -1000), 70_000, broken);
    expect(cut.passed.subarray(0, long.length + 9).equals(two.subarray(0, long.length + 9))).toBe(
      true,
    );
    expect(cut.passed.subarray(long.length + 9).toString()).toBe(errorEvent);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not held in memory', async () => {
    const used = () => process.memoryUsage().arrayBuffers;
    const chunk = Buffer.alloc(256 * 1024, 'A');
    async function* many(): AsyncGenerator<Uint8Array, ApiError | undefined> {
      yield Buffer.from('data: ');
      for (let count = 0; count < 256; count++) yield chunk;
      most = used() - before;
      throw broken;
    }
    let most = 0;
    const before = used();
    const pieces = wholeEvents(many(), folder);
    expect(Buffer.from((await pieces.next()).value as Uint8Array).toString()).toBe(errorEvent);
    expect(await pieces.next()).toEqual({ done: true, value: broken });
    expect(most).toBeLessThan(32 * mebibyte);
  });

  it('does not leave its client without a sign of life', async () => {
    let time = 0;
    const chunks = Array.from(Buffer.from('data: 1234\n\n'), (byte) => Buffer.of(byte));
    const pieces = wholeEvents(source(chunks), folder, () => (time += 4000));
    const out: string[] = [];
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      out.push(Buffer.from(next.value).toString());
    }
    expect(out[0]).toMatch(/^: .*\n\n$/);
    expect(out.filter((text) => !text.startsWith(':')).join('')).toBe('data: 1234\n\n');
  });

  it('that finds no room on the disk is an error', async () => {
    const begun = long.subarray(0, 2 * mebibyte);
    const pieces = wholeEvents(source([begun]), join(folder, 'missing'));
    const { value } = await pieces.next();
    expect(Buffer.from(value as Uint8Array).toString()).toContain('"spool_full"');
  });
});
