import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { modelsFor } from '../models/lookup';
import type { Model } from '../models/model';
import { expectedPicture } from './expected-picture';

const chat = modelsFor(catalogue, 'chat');
const withLevels = chat.find(({ sizes }) => sizes.table['4:3']?.['4K']) as Model;
const withOne = chat.find(({ sizes }) => !sizes.table['4:3']?.['4K']) as Model;

describe('expectedPicture', () => {
  it('is what the catalogue says of the ratio and level', () => {
    const imageConfig = { aspectRatio: '4:3', imageSize: '4K' };
    expect(expectedPicture({ model: withLevels.id, imageConfig }, catalogue)).toEqual({
      size: '4800x3584',
      tokens: 2000,
      format: undefined,
      hasAlpha: undefined,
    });
  });

  it('is the only size of a ratio where no level is sent', () => {
    const imageConfig = {
      aspectRatio: '21:9',
      imageOutputOptions: { mimeType: 'image/jpeg', compressionQuality: 80 },
    };
    expect(expectedPicture({ model: withOne.id, imageConfig }, catalogue)).toEqual({
      size: '1536x672',
      tokens: 1290,
      format: 'jpeg',
      hasAlpha: undefined,
    });
  });

  it.each([
    { model: withOne.id },
    { model: 'gone', imageConfig: { aspectRatio: '1:1' } },
    { model: withOne.id, imageConfig: { aspectRatio: '5:1' } },
  ])('leaves open what is not known: %j', (fields) => {
    expect(expectedPicture(fields, catalogue).size).toBeUndefined();
  });
});
