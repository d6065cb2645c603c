import { describe, expect, it } from 'vitest';
import type { AnswerTold } from '../../core/chat/answer-state';
import { createChatBytesReader } from './chat-reader';
import type { PictureFile } from './picture-collector';

type Told = AnswerTold | PictureFile;

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const event = (delta: object) =>
  new TextEncoder().encode(`data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`);
const picture = event({ images: [{ image_url: { url: onePixel } }] });

function openReader() {
  const told: Told[] = [];
  const planned: (() => void)[] = [];
  let time = 1000;
  const reader = createChatBytesReader((one) => told.push(one), {
    nonce: 'nonce',
    now: () => time,
    later: (action) => planned.push(action),
  });
  return { reader, told, planned, pass: (ms: number) => (time += ms) };
}
const texts = (told: Told[]) =>
  told.map((one) =>
    one.type === 'said'
      ? one.events.map((event) => (event.type === 'text-delta' ? event.text : event.type)).join('|')
      : one.type,
  );

describe('a chat answer', () => {
  it('is told piece by piece, what comes at once at once', () => {
    const { reader, told, planned, pass } = openReader();
    reader.write(event({ content: 'a' }));
    for (const content of 'bcdef') reader.write(event({ content }));
    expect(texts(told)).toEqual(['a']);
    expect(planned).toHaveLength(1);
    planned[0]?.();
    expect(texts(told)).toEqual(['a', 'bcdef']);
    pass(100);
    reader.write(event({ content: 'g' }));
    reader.end(7);
    expect(texts(told)).toEqual(['a', 'bcdef', 'g', 'end']);
    expect(told.map((one) => one.type === 'said' && one.isFirst)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(told.at(-1)).toEqual({ type: 'end', durationMs: 7 });
  });

  it('gives the file of a picture before the picture', async () => {
    const { reader, told } = openReader();
    reader.write(picture);
    reader.end(null);
    expect(texts(told)).toEqual(['file', 'picture', 'end']);
    const [file, said] = told;
    if (file?.type !== 'file' || said?.type !== 'said') throw new Error('not told');
    expect(Buffer.from(await file.file.arrayBuffer()).toString('base64')).toBe(onePixel);
    expect(file.file.type).toBe('image/png');
    expect(said.events[0]).toMatchObject({
      picture: { hash: file.hash, byteLength: file.file.size, header: { width: 1, height: 1 } },
    });
  });

  it('tells what has ended when nothing more comes', () => {
    const { reader, told } = openReader();
    reader.write(event({ content: 'a' }));
    const rest = event({ content: 'b' });
    reader.write(rest.subarray(0, -2));
    reader.giveUp?.();
    expect(texts(told)).toEqual(['a']);
  });
});
