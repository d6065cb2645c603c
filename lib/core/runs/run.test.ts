import { expect, it } from 'vitest';
import { hasEnded, isUuid, type RunState } from './run';

it.each<[RunState, boolean]>([
  ['uploading', false],
  ['waiting', false],
  ['answering', false],
  ['done', true],
  ['failed', true],
  ['cancelled', true],
  ['interrupted', true],
])('a run that is %s has ended: %s', (state, ended) => {
  expect(hasEnded({ state })).toBe(ended);
});

it.each([
  [crypto.randomUUID(), true],
  ['0190A5F0-7E3C-7B2A-9C0D-0123456789AB', true],
  ['', false],
  ['1', false],
  ['0190a5f07e3c7b2a9c0d0123456789ab', false],
  ['{0190a5f0-7e3c-7b2a-9c0d-0123456789ab}', false],
  ['0190a5f0-7e3c-7b2a-9c0d-0123456789ab\n', false],
  ['../0190a5f0-7e3c-7b2a-9c0d-0123456789', false],
  ['g190a5f0-7e3c-7b2a-9c0d-0123456789ab', false],
])('%j is the key of a run: %s', (text, is) => {
  expect(isUuid(text)).toBe(is);
});
