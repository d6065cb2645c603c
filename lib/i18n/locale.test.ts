import { describe, expect, it } from 'vitest';
import { formatBytes } from './format-bytes';
import { formatDuration } from './format-duration';
import { formatSizeForPeople } from './format-size';
import { chooseLocale } from './locale';

describe('the language of a page', () => {
  it.each<[string | undefined, string | null, 'en' | 'zh']>([
    [undefined, null, 'en'],
    [undefined, '', 'en'],
    [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    [undefined, 'en-GB,en;q=0.9,zh;q=0.8', 'en'],
    [undefined, 'fr-FR,fr;q=0.9,zh-TW;q=0.5,en;q=0.3', 'zh'],
    [undefined, 'en;q=0.2, ZH-Hans ; q=0.7', 'zh'],
    [undefined, 'zh;q=0', 'en'],
    [undefined, 'fr,de', 'en'],
    [undefined, 'zh;q=x', 'zh'],
    [undefined, '*;q=0.5', 'en'],
    [undefined, ';;,=,', 'en'],
    // What somebody chose counts, unless we do not have it.
    ['zh', 'en', 'zh'],
    ['en', 'zh', 'en'],
    ['fr', 'zh', 'zh'],
    ['__proto__', null, 'en'],
  ])('cookie %j, browser %j: %s', (cookie, acceptLanguage, locale) => {
    expect(chooseLocale({ cookie, acceptLanguage })).toBe(locale);
  });
});

it.each([
  [0, '00:00'],
  [999, '00:00'],
  [28_400, '00:28'],
  [3_599_999, '59:59'],
  [3_727_000, '1:02:07'],
  [-5, '00:00'],
])('%i ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [2_400_000, '2.4 MB'],
  [3_000_000_000_000, '3,000 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});

it('writes a size with a sign between its sides', () => {
  expect(formatSizeForPeople('1536x1024')).toBe('1536 × 1024');
  for (const text of ['auto', '1536x', 'x']) expect(formatSizeForPeople(text)).toBe(text);
});
