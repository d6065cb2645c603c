import { describe, expect, it } from 'vitest';
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
    // The chosen language wins, unless there are no messages in it.
    ['zh', 'en', 'zh'],
    ['en', 'zh', 'en'],
    ['fr', 'zh', 'zh'],
    ['__proto__', null, 'en'],
  ])('cookie %j, browser %j: %s', (cookie, acceptLanguage, locale) => {
    expect(chooseLocale({ cookie, acceptLanguage })).toBe(locale);
  });
});
