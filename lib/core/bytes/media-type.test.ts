import { describe, expect, it } from 'vitest';
import { boundaryOf, formType, parseMediaType } from './media-type';

describe('parseMediaType', () => {
  it.each([
    ['Application/JSON', 'application/json', {}],
    ['application/json;', 'application/json', {}],
    ['text/plain ; Charset="utf-8" ;a=b', 'text/plain', { charset: 'utf-8', a: 'b' }],
    ['a/b; x=" ; boundary=y"', 'a/b', { x: ' ; boundary=y' }],
  ])('of %s', (text, type, parameters) => {
    const parsed = parseMediaType(text);
    expect(parsed?.type).toBe(type);
    expect(Object.fromEntries(parsed?.parameters ?? [])).toEqual(parameters);
  });

  it.each([
    '',
    'json',
    'a/b, c/d',
    'a/b; x=1; X=2',
    "a/b; x*=utf-8''y",
    'a/b; x*0=y',
    'a/b; x =y',
    'a/b; x= y',
    'a/b; x=y"',
    'a/b; x="y',
    'a/b; x="y\\"z"',
    'a/b; x="y"z',
    'a/b; x=é',
    'a/b\v; x=y',
  ])('reads nothing in %j', (text) => expect(parseMediaType(text)).toBeUndefined());
});

describe('boundaryOf', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data; charset=utf-8; boundary="a b"', 'a b'],
    ['multipart/form-data', undefined],
    ['multipart/form-data; boundary=', undefined],
    ['multipart/form-data; boundary=a; boundary=b', undefined],
    ['multipart/form-data; boundary="a "', undefined],
    ['multipart/form-data; boundary="a;b"', undefined],
    ['multipart/form-data; boundary=a:b', undefined],
    [`multipart/form-data; boundary=${'x'.repeat(71)}`, undefined],
  ])('of %s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary));

  it.each(['abc', 'a b', 'a:b', "-'+_,./=?()"])('reads what formType writes for %j', (boundary) =>
    expect(boundaryOf(formType(boundary))).toBe(boundary),
  );
});
