import { describe, expect, it } from 'vitest';
import { catalogue } from '../models/catalogue';
import { findModel, modelsFor } from '../models/lookup';
import type { Model } from '../models/model';
import { emptyChatSettings as empty } from './conversation';
import { type ChatMessage, createAnswer } from './message';
import {
  chatModel,
  expectedPicture,
  readChatSettings,
  settingsOfTurn,
  shownLevel,
  shownRatio,
  turnFields,
  untakenSettings,
} from './settings';
import { checkMessage, planDraft, turnBase } from './turn-plan';

const modelOf = (id: string) => {
  const model = findModel(catalogue, id);
  if (!model) throw new Error(id);
  return model;
};
const pro = modelOf('turing/gemini-3-pro-image');
const flash = modelOf('turing/gemini-2.5-flash-image');
const mimeType = 'imageConfig.imageOutputOptions.mimeType';
const quality = 'imageConfig.imageOutputOptions.compressionQuality';

describe('the settings of a turn', () => {
  it('send the same once more', () => {
    const options = { [mimeType]: 'image/jpeg', [quality]: '80', modalities: ['image'] };
    const chosen = { ...empty, ratio: '21:9', level: '4K', options, stream: false };
    for (const settings of [empty, chosen, { ...empty, ratio: '16:9' }]) {
      for (const model of [pro, flash]) {
        const fields = turnFields(settings, model);
        const turn = {
          fields,
          systemPrompt: 'Be brief.',
          pictures: [],
          picturesAs: 'blocks',
        } as const;
        const again = settingsOfTurn({ ...turn, pictures: [] });
        expect(turnFields(again, model)).toEqual(fields);
        expect(again).toMatchObject({ model: model.id, systemPrompt: 'Be brief.' });
      }
    }
  });
});

describe('what is sent', () => {
  it('is what is shown', () => {
    expect(turnFields(empty, pro)).toEqual({
      model: pro.id,
      stream: true,
      stream_options: { include_usage: true },
      imageConfig: { aspectRatio: '1:1', imageSize: '1K' },
    });
    const chosen = {
      ...empty,
      stream: false,
      ratio: '21:9',
      level: '4K',
      options: { [mimeType]: 'image/jpeg', [quality]: '80', modalities: ['image'] },
    };
    expect(turnFields(chosen, pro)).toEqual({
      model: pro.id,
      stream: false,
      modalities: ['image'],
      imageConfig: {
        aspectRatio: '21:9',
        imageSize: '4K',
        imageOutputOptions: { mimeType: 'image/jpeg', compressionQuality: 80 },
      },
    });
  });

  it('names no level where the model has one alone', () => {
    expect(turnFields({ ...empty, level: '4K' }, flash).imageConfig).toEqual({
      aspectRatio: '1:1',
    });
  });

  it('has a quality for JPEG only', () => {
    const png = { ...empty, options: { [mimeType]: 'image/png', [quality]: '80' } };
    expect(turnFields(png, pro).imageConfig?.imageOutputOptions).toEqual({
      mimeType: 'image/png',
    });
  });

  it.each(modelsFor(catalogue, 'chat'))('may be sent to $id', (model) => {
    const settings = { ...empty, model: model.id, ratio: '16:9', level: '4K' };
    const draft = { text: 'a', pictures: [] };
    expect(checkMessage({ path: [], ...draft, bytes: 1, settings, models: catalogue })).toEqual([]);
  });
});

describe('what a model does not take', () => {
  const chosen = { ...empty, ratio: '4:3', level: '4K', options: { seed: '3' } };

  it('is said, and kept for one that does', () => {
    expect(untakenSettings({ ...chosen, options: {} }, pro)).toEqual([]);
    expect(untakenSettings(chosen, flash)).toEqual([
      { setting: 'level', chosen: '4K', shown: '1K' },
      { setting: 'seed', chosen: '3', shown: null },
    ]);
    expect(shownLevel(chosen, flash)).toBe('1K');
    expect(shownLevel(chosen, pro)).toBe('4K');
  });

  it('may be a ratio', () => {
    const narrow = { ...flash, sizes: { ...flash.sizes, table: { '1:1': { '1K': '1024x1024' } } } };
    expect(shownRatio(chosen, narrow)).toBe('1:1');
    expect(untakenSettings({ ...empty, ratio: '4:3' }, narrow)).toEqual([
      { setting: 'ratio', chosen: '4:3', shown: '1:1' },
    ]);
  });
});

describe('the model', () => {
  it('is the chosen one, or the first that converses', () => {
    expect(chatModel(empty, catalogue)?.endpoints).toContain('chat');
    expect(chatModel({ ...empty, model: flash.id }, catalogue)).toBe(flash);
    expect(chatModel({ ...empty, model: 'gone' }, catalogue)?.endpoints).toContain('chat');
    expect(chatModel(empty, [])).toBeUndefined();
  });
});

describe('checkMessage', () => {
  const attached = (count: number, byteLength = 1) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${index}`,
      hash: `${index}`,
      name: 'a.png',
      byteLength,
      header: undefined,
    }));
  const reasons = (
    text: string,
    pictures = attached(0),
    settings = empty,
    path: ChatMessage[] = [],
  ) => {
    const base = turnBase(path, settings, pro);
    const { bytes } = planDraft({
      path,
      choices: {},
      pictures,
      base,
      takesPictures: true,
    });
    return checkMessage({
      path,
      text,
      pictures,
      bytes: bytes + text.length,
      settings,
      models: catalogue,
    }).map(({ reason }) => reason);
  };

  it('asks for words or a picture', () => {
    expect(reasons(' \n')).toEqual(['message_empty']);
    expect(reasons('', attached(1))).toEqual([]);
  });

  it('refuses what is too much', () => {
    expect(reasons('a', attached(17))).toEqual(['too_many_references']);
    expect(reasons('a', attached(3, 40 * 1024 * 1024))).toEqual(['conversation_too_large']);
    expect(reasons('a', attached(2, 50 * 1024 * 1024))).toEqual([]);
  });

  it('waits for the answer before it', () => {
    const request = {
      fields: { model: 'm' },
      systemPrompt: '',
      pictures: [],
      picturesAs: 'blocks' as const,
    };
    const answer = createAnswer({ id: 'a', conversation: 'c', parent: 'u', now: 1, request });
    expect(reasons('a', [], empty, [answer])).toEqual(['answer_under_way']);
    expect(reasons('a', [], empty, [{ ...answer, state: 'cancelled' }])).toEqual([]);
  });

  it('says what is wrong with the settings', () => {
    const options = { [mimeType]: 'image/jpeg', [quality]: '' };
    expect(reasons('a', [], { ...empty, options })).toEqual([]);
    expect(reasons('a', [], { ...empty, options: { ...options, [quality]: '200' } })).toEqual([
      'value_out_of_range',
    ]);
    expect(reasons('a', [], { ...empty, options: { modalities: [] } })).toEqual([
      'value_not_listed',
    ]);
  });

  it('asks for a model where none converses', () => {
    const found = checkMessage({
      path: [],
      text: 'a',
      pictures: [],
      bytes: 1,
      settings: empty,
      models: [],
    });
    expect(found.map(({ reason }) => reason)).toEqual(['missing_model']);
  });
});

it('settings that were kept are read as far as they can be understood', () => {
  const settings = { ...empty, ratio: '3:2', options: { a: 'b', c: ['d'] }, stream: false };
  expect(readChatSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  expect(readChatSettings({ ratio: 3, options: { a: 1 }, stream: 'x' })).toEqual(empty);
  expect(readChatSettings(null)).toEqual(empty);
});

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
