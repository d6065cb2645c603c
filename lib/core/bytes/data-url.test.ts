import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { parsePictureUrl } from './data-url';

const picture = sharp({ create: { width: 20, height: 10, channels: 3, background: '#f0a' } });
const png = (await picture.clone().png().toBuffer()).toString('base64');
const jpeg = (await picture.clone().jpeg().toBuffer()).toString('base64');
const webp = (await picture.clone().webp().toBuffer()).toString('base64url');

describe('data URLs', () => {
  test.each([
    ['data:image/png;base64,QUJD', 'image/png'],
    ['DATA:Image/PNG;BASE64,QUJD', 'image/png'],
    ['data:image/jpeg;name=a.jpg;base64,QUJD', 'image/jpeg'],
    ['data:;base64,QUJD', undefined],
  ])('%s', (url, mediaType) => {
    expect(parsePictureUrl(url)).toEqual({ kind: 'bytes', mediaType, base64: 'QUJD' });
  });

  test.each([
    ['data:image/png;base64', 'data_url_malformed'],
    [`data:image/png;x=${'y'.repeat(300)};base64,QUJD`, 'data_url_malformed'],
    ['data:image/svg+xml,%3Csvg%3E', 'data_url_not_base64'],
    ['data:,base64', 'data_url_not_base64'],
    ['data:image/png;base64;x=1,QUJD', 'data_url_not_base64'],
    ['data:image/png;base64,', 'empty'],
  ])('%s is unusable', (url, reason) => {
    expect(parsePictureUrl(url)).toEqual({ kind: 'unusable', reason });
  });
});

test.each([
  ['image/png', png],
  ['image/jpeg', jpeg],
  ['image/webp', webp],
])('bare base64 is known by its first bytes: %s', (mediaType, base64) => {
  expect(parsePictureUrl(base64)).toEqual({ kind: 'bytes', mediaType, base64 });
});

test.each([
  ['https://cdn.example/a.png?x=1', 'https://cdn.example/a.png?x=1', 'cdn.example'],
  ['HTTP://127.0.0.1:8080/a b', 'http://127.0.0.1:8080/a%20b', '127.0.0.1:8080'],
])('a link: %s', (link, url, host) => {
  expect(parsePictureUrl(link)).toEqual({ kind: 'link', url, host });
});

test.each([
  ['', 'empty'],
  ['http://', 'link_malformed'],
  [`https://a.example/${'x'.repeat(9000)}`, 'link_malformed'],
  ['javascript:alert(1)', 'unknown_form'],
  ['file:///etc/passwd', 'unknown_form'],
  ['blob:https://a.example/1', 'unknown_form'],
  ['/static/images/cat', 'unknown_form'],
  ['QUJDREVGR0hJSktMTU5PUFFSU1RVVldY', 'unknown_form'],
  ['图', 'unknown_form'],
])('unusable: %j', (url, reason) => {
  expect(parsePictureUrl(url)).toEqual({ kind: 'unusable', reason });
});

test('no text makes it throw', () => {
  const head = fc.constantFrom('', 'data:', 'data:image/png;base64,', 'http:', 'https://');
  fc.assert(
    fc.property(head, fc.string({ unit: 'binary' }), (prefix, rest) => {
      expect(['bytes', 'link', 'unusable']).toContain(parsePictureUrl(prefix + rest).kind);
    }),
  );
});
