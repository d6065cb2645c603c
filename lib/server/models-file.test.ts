import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../core/models/catalogue';
import { mergeModelsFile } from './models-file';
import { SettingsError } from './settings-error';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'models-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const merge = (content: unknown) => {
  const file = join(folder, 'models.json');
  const isFile = typeof content === 'string' || Buffer.isBuffer(content);
  writeFileSync(file, isFile ? content : JSON.stringify(content));
  return mergeModelsFile(catalogue, file);
};
const [first, second] = catalogue;
const firstId = first?.id ?? '';

describe('a models file', () => {
  it('is not needed', () => {
    expect(mergeModelsFile(catalogue, undefined)).toEqual(catalogue);
    expect(merge([])).toEqual(catalogue);
  });

  it('can say what the catalogue says', () => {
    expect(merge(catalogue)).toEqual(catalogue);
  });

  it('replaces a model in its place', () => {
    const models = merge([{ ...second, id: firstId }]);
    expect(models).toHaveLength(catalogue.length);
    expect(models[0]).toEqual({ ...second, id: firstId });
    expect(models.slice(1)).toEqual(catalogue.slice(1));
  });

  it('adds a model at the end, which may extend one from the file itself', () => {
    const models = merge([
      { id: 'house/one', extends: firstId, extraFields: ['style'] },
      { id: 'house/two', extends: 'house/one', ownedBy: 'house' },
    ]);
    expect(models.slice(0, -2)).toEqual(catalogue);
    expect(models.at(-1)).toEqual({
      ...first,
      id: 'house/two',
      ownedBy: 'house',
      extraFields: ['style'],
    });
  });

  it('leaves the built-in catalogue as it is', () => {
    const before = structuredClone(catalogue);
    merge([{ id: firstId, extends: firstId, ownedBy: 'house' }]);
    expect(catalogue).toEqual(before);
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '[{', /not valid JSON/],
    ['no list', { id: 'a' }, /must contain a JSON list/],
    ['an entry that is no object', ['a'], /entry 1/],
    ['an entry with no id', [{ extends: firstId }], /entry 1: id/],
    [
      'an unknown base',
      [{ id: 'a', extends: 'nothing' }],
      /entry 1: extends "nothing", which is not a model/,
    ],
    ['an incomplete entry', [{ id: 'a' }], /entry 1 \(a\): label/],
    [
      'a field nobody knows',
      [
        { id: 'a', extends: firstId },
        { id: 'b', extends: firstId, colour: 1 },
      ],
      /entry 2 \(b\)/,
    ],
    [
      'a contradiction',
      [{ id: 'a', extends: firstId, count: { min: 5, max: 4, default: 4 } }],
      /entry 1 \(a\): count\.min: 5 is more than the maximum 4/,
    ],
    ['a wrong type', [{ id: 'a', extends: firstId, mask: 'yes' }], /entry 1 \(a\): mask/],
    [
      'an endpoint nobody knows',
      [{ id: 'a', extends: firstId, endpoints: ['videos'] }],
      /entry 1 \(a\): endpoints\.0/,
    ],
    [
      'a malformed size',
      [
        {
          id: 'a',
          extends: firstId,
          sizes: { ...first?.sizes, table: { '1:1': { '1K': '1024*1024' } } },
        },
      ],
      /entry 1 \(a\): sizes\.table\.1:1\.1K: a size must be WIDTHxHEIGHT/,
    ],
  ])('with %s is refused by name', (_, content, words) => {
    expect(() => merge(content)).toThrow(SettingsError);
    expect(() => merge(content)).toThrow(/^MODELS_FILE /);
    expect(() => merge(content)).toThrow(words);
  });

  it.each<[string, Buffer]>([
    ['a byte order mark', Buffer.from('\ufeff[]', 'utf8')],
    ['UTF-16', Buffer.from('\ufeff[]', 'utf16le')],
    ['UTF-16 without a mark', Buffer.from('[]', 'utf16le')],
    ['UTF-16 without a mark, the high byte first', Buffer.from(' []', 'utf16le').swap16()],
    ['UTF-16, the high byte first', Buffer.from('\ufeff[]', 'utf16le').swap16()],
  ])('is read with %s', (_, bytes) => {
    expect(merge(bytes)).toEqual(catalogue);
  });

  it('in another encoding is refused by name', () => {
    const latin1 = Buffer.from('[{"id":"caf\xe9"}]', 'latin1');
    expect(() => merge(latin1)).toThrow(/^MODELS_FILE is not text in UTF-8/);
  });

  it('with an id twice is refused by name', () => {
    const entry = { id: 'a', extends: firstId };
    expect(() => merge([entry, { ...entry }])).toThrow(/entry 2 \(a\): id is that of entry 1/);
  });

  it('that cannot be read is refused by name', () => {
    expect(() => mergeModelsFile(catalogue, join(folder, 'none.json'))).toThrow(
      /^MODELS_FILE cannot be read \(ENOENT\)/,
    );
    expect(() => mergeModelsFile(catalogue, folder)).toThrow(/^MODELS_FILE cannot be read/);
  });
});
