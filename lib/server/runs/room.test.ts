import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../core/endpoints/chat/chat-request';
import type { ImageRequest } from '../../core/endpoints/image-request';
import { catalogue } from '../../core/models/catalogue';
import { estimateAnswerBytes, Reservation, SpoolRoom } from './room';

const image = (fields: object) => ({ prompt: 'p', ...fields }) as ImageRequest;
const chat = (fields: object) => ({ messages: [], ...fields }) as unknown as ChatRequest;
const gpt = 'turing/gpt-image-2';
const seedream = 'doubao-seedream-4-5-251128';
const gemini = 'turing/gemini-3-pro-image';

describe('an estimate', () => {
  it.each([
    ['one picture', image({ model: gpt, size: '1024x1024' }), 1024 * 1024],
    ['the largest ten', image({ model: gpt, size: '3840x2160', n: 10 }), 10 * 3840 * 2160],
    ['a size left to the model', image({ model: gpt, size: 'auto', n: 2 }), 2 * 1536 * 1024],
    ['a size left out', image({ model: gpt, size: null, n: null }), 1536 * 1024],
    ['the default of its model', image({ model: seedream }), 2048 * 2048],
    [
      'a batch',
      image({
        model: seedream,
        size: '1024x1024',
        sequential_image_generation: 'auto',
        sequential_image_generation_options: { max_images: 7 },
      }),
      7 * 1024 * 1024,
    ],
    ['a chat', chat({ model: gemini }), 1024 * 1024],
    [
      'a chat in 4K',
      chat({ model: gemini, imageConfig: { aspectRatio: '16:9', imageSize: '4K' } }),
      5504 * 3072,
    ],
    ['a model that nobody knows', chat({ model: 'x' }), 1536 * 1024],
  ])('of %s is four bytes a pixel', (_, request, pixels) => {
    expect(estimateAnswerBytes(request, catalogue)).toBe(4 * pixels);
  });
});

describe('room', () => {
  const open = (maxBytes: number, makeRoom = () => async () => {}, free = 2 ** 50) => {
    const room = new SpoolRoom({ maxBytes, freeBytes: async () => free, makeRoom });
    return (written?: number) => new Reservation(room, 'somebody', written);
  };

  it('is given once, to however many ask at the same moment', async () => {
    const reservationOf = open(10);
    const reservations = Array.from({ length: 9 }, () => reservationOf());
    const given = await Promise.all(reservations.map((one) => one.reserve(3)));
    expect(given.filter(Boolean)).toHaveLength(3);
  });

  it('comes back at the end, but not what is written', async () => {
    const reservationOf = open(10);
    const one = reservationOf();
    expect(await one.reserve(10)).toBe(true);
    one.wrote(4);
    one.settle();
    expect(one.bytes).toBe(4);
    expect(await reservationOf().reserve(7)).toBe(false);
    expect(await reservationOf().reserve(6)).toBe(true);
    one.release();
    expect(await reservationOf().reserve(4)).toBe(true);
  });

  it('is not lost where an answer ends while room is made for it', async () => {
    let finish = () => {};
    const made = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let old: { release(): void } | undefined;
    const reservationOf = open(10, () => async () => {
      await made;
      old?.release();
    });
    old = reservationOf(10);
    const one = reservationOf();
    const asked = one.reserve(10);
    one.release();
    finish();
    expect(await asked).toBe(false);
    expect(await reservationOf().reserve(10)).toBe(true);
  });

  it('is topped up by what is missing', async () => {
    const reservationOf = open(10);
    const one = reservationOf();
    expect(await one.reserve(4)).toBe(true);
    expect(await one.reserve(3)).toBe(true);
    expect(await one.reserve(10)).toBe(true);
    expect(await one.reserve(11)).toBe(false);
    expect(one.bytes).toBe(10);
  });

  it('on the disk leaves 256 MiB for others, and counts what is promised and not written', async () => {
    const mebibyte = 1024 * 1024;
    const reservationOf = open(2 ** 50, undefined, 300 * mebibyte);
    const one = reservationOf();
    expect(await one.reserve(40 * mebibyte)).toBe(true);
    expect(await reservationOf().reserve(5 * mebibyte)).toBe(false);
    expect(await reservationOf().reserve(4 * mebibyte)).toBe(true);
  });
});
