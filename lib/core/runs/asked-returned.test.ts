import { describe, expect, it } from 'vitest';
import { askedSettings, picturesReturned } from './asked-returned';

describe('askedSettings', () => {
  it('has every setting by its dotted name, and no text of the user', () => {
    const fields = {
      model: 'm',
      prompt: 'p',
      user: 'u',
      n: 2,
      stream: false,
      seed: null,
      modalities: ['text', 'image'],
      imageConfig: { imageSize: '1K', imageOutputOptions: { mimeType: 'image/png' } },
    };
    expect(askedSettings(fields)).toEqual([
      { name: 'n', value: '2' },
      { name: 'stream', value: 'false' },
      { name: 'modalities', value: 'text, image' },
      { name: 'imageConfig.imageSize', value: '1K' },
      { name: 'imageConfig.imageOutputOptions.mimeType', value: 'image/png' },
    ]);
  });
});

describe('picturesReturned', () => {
  it('counts what came, also what was removed since', () => {
    const picture = { kind: 'picture', hash: 'a', byteLength: 1, header: undefined } as const;
    const removed = { kind: 'removed', picture, at: 0 } as const;
    const slots = [picture, removed, { kind: 'missing' } as const];
    expect(picturesReturned({ asked: 3, slots })).toEqual({ asked: 3, returned: 2 });
  });
});
