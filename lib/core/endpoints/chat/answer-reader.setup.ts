import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { ChatEvent } from './answer';
import { createChatReader } from './answer-reader';
import { createMemoryKeeper } from './memory-keeper.setup';

// What the tests of the chat reader make answers of, and read them with.

/** A PNG with so many bytes that nothing could pack. */
export const png = (bytes: number) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  const start = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), length]);
  const end = Buffer.from('000000000000000049454e44ae426082', 'hex');
  return Buffer.concat([start, Buffer.from('IDAT'), randomBytes(bytes), end]);
};
export const small = png(200);
export const large = png(60_001);
export const dataUrl = (file: Buffer, type = 'image/png') =>
  `data:${type};base64,${file.toString('base64')}`;
export const blockOf = (url: string, more = {}) => ({
  type: 'image_url',
  image_url: { url },
  ...more,
});
export const signed = { thought_signature: 'sig', deep: { a: [1, null] } };
export const chunk = (delta: object, finish_reason: string | null = null, more = {}) => ({
  id: '1',
  choices: [{ index: 0, delta, finish_reason }],
  ...more,
});
export const stream = (chunks: object[], newline = '\n') =>
  chunks.map((one) => `data: ${JSON.stringify(one)}${newline}${newline}`).join('');

/** The events of an answer, and the texts that its pictures came as, without what was arriving. */
export function read(answer: string | Buffer, sizes: number[] = [1e9]) {
  const events: ChatEvent[] = [];
  const arriving: number[] = [];
  const { keeper, textOf } = createMemoryKeeper();
  const reader = createChatReader(
    keeper,
    (event) => (event.type === 'arriving' ? arriving.push(event.bytes) : events.push(event)),
    'nonce',
  );
  const bytes = Buffer.from(answer);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    reader.write(new Uint8Array(bytes.subarray(at, at + size)));
    at += size;
  }
  reader.end();
  const texts = events.flatMap((event) =>
    event.type === 'picture' ? [textOf({ ...event, hash: event.picture.hash })] : [],
  );
  return { events, texts, arriving };
}
export const kinds = (answer: string) => read(answer).events.map(({ type }) => type);
export const picture = (file: Buffer) =>
  expect.objectContaining({
    type: 'picture',
    picture: expect.objectContaining({ byteLength: file.length }),
  });
