import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import type { ImageHeader } from '../core/bytes/image-header';
import type { JsonValue } from '../core/bytes/json-stream';
import { emptyChatSettings } from '../core/chat/conversation';
import { createAnswer, createUserMessage } from '../core/chat/message';
import { checkMessage, turnBase } from '../core/chat/turn-plan';
import { checkChat } from '../core/endpoints/chat/chat-request';
import {
  checkEdit,
  type FilePart,
  fileTooLarge,
  leftOutTooLate,
} from '../core/endpoints/edit-request';
import { checkEditForm, checkImageForm, emptyImageForm } from '../core/endpoints/image-form';
import { checkImageRequest } from '../core/endpoints/image-request';
import { rowRequest } from '../core/experiments/cell-request';
import { catalogue } from '../core/models/catalogue';
import { modelsFor } from '../core/models/lookup';
import { type ProblemReason, problemMessage, problemWords } from '../core/validation';
import { en, zh } from './messages';

// Requests that are wrong in every way that there are words for. Each is checked by the code that
// checks it in the product, so that a value which that code forgets is missing here too.

const gpt = 'turing/gpt-image-2';
const bear = { model: gpt, prompt: 'a bear' };
const [gemini] = modelsFor(catalogue, 'chat');
if (!gemini) throw new Error('no chat model');
const turn = { model: gemini.id, messages: [{ role: 'user', content: 'a bear' }] };
const limited = catalogue.map((model) => ({
  ...model,
  mask: false,
  prompt: { maxCharacters: 3 },
  ...(model.references ? { references: { ...model.references, max: 1 } } : {}),
}));

const image = (more: object, endpoint: 'generations' | 'edits' = 'generations') =>
  checkImageRequest({ ...bear, ...more } as JsonValue, endpoint, catalogue);
const chat = (more: object) => checkChat({ ...turn, ...more } as unknown as JsonValue, catalogue);
const header: ImageHeader = {
  format: 'png',
  width: 8,
  height: 8,
  hasAlpha: true,
  orientation: 1,
};
const file = (name: string, more: Partial<FilePart> = {}): FilePart => ({
  name,
  bytes: 9,
  header,
  ...more,
});
const text = (name: string, value: string) => ({ name, value });
const texts = [text('model', gpt), text('prompt', 'a bear')];
const message = (more: Partial<Parameters<typeof checkMessage>[0]>) =>
  checkMessage({
    path: [],
    text: 'a bear',
    pictures: [],
    bytes: 1,
    settings: { ...emptyChatSettings, model: gemini.id },
    models: catalogue,
    ...more,
  });
const picture = { id: 'p', hash: 'h', byteLength: 1, header, name: 'bear.png' };
const question = createUserMessage({
  id: 'u',
  conversation: 'c',
  parent: null,
  now: 0,
  text: 'a',
  pictures: [],
});
const waiting = createAnswer({
  id: 'a',
  conversation: 'c',
  parent: 'u',
  now: 0,
  request: { ...turnBase([], emptyChatSettings, gemini), pictures: [] },
});

function cellProblems(model: string) {
  const edit = { references: [picture], mask: null, parent: null };
  const row = { id: 'r', model, options: {}, size: null };
  const attached = { edit, leavesMaskOut: false };
  const made = rowRequest({ row, wish: { kind: 'auto' }, attached, models: catalogue });
  return 'problems' in made ? made.problems : [];
}

const found = [
  checkImageRequest(null, 'generations', catalogue),
  checkChat([], catalogue),
  ...[{ model: null }, { model: 7 }, { model: 'none' }, { model: gemini.id }].map((more) => [
    ...image(more),
    ...image(more, 'edits'),
  ]),
  ...[{ prompt: null }, { prompt: '' }, { prompt: 'x'.repeat(32_001) }, { style: 'vivid' }].map(
    (more) => image(more),
  ),
  ...['1x', '1000x1000', '160x160', '8000x16', '3840x3840', '4000x4000'].map((size) =>
    image({ size }),
  ),
  image({ model: 'turing/gpt-image-1', size: '1x1' }),
  image({ n: 11, quality: 'best', output_format: 'jpeg', background: 'transparent' }),
  image({ user: 'x'.repeat(100_000) }),
  chat({ messages: null }),
  chat({ messages: [] }),
  chat({ messages: [{ role: 'king', content: '' }, { role: 'user' }] }),
  chat({ temperature: 3, model: gpt }),
  chat({ temperature: 3 }),
  checkEdit([...texts, text('prompt', 'twice')], [], catalogue),
  checkEdit([...texts, text('image', 'x')], [], catalogue),
  checkEdit(texts, [], catalogue),
  checkEdit(texts, [file('image'), file('other')], catalogue),
  checkEdit(texts, [file('image', { bytes: 0 }), file('image', { header: undefined })], catalogue),
  checkEdit(texts, [file('image', { bytes: 1e9 })], catalogue),
  checkEdit(texts, [file('image'), file('mask'), file('mask')], catalogue),
  checkEdit(texts, [file('image'), file('mask', { header: { ...header, width: 9 } })], catalogue),
  checkEdit(texts, [file('image'), file('image')], limited),
  checkEdit(texts, [file('image'), file('mask')], limited),
  checkEdit(texts, [file('image'), file('prompt')], catalogue),
  [fileTooLarge('image', 1), leftOutTooLate('quality')],
  checkImageForm({ form: emptyImageForm, models: [], endpoint: 'generations' }),
  checkEditForm({ ...emptyImageForm, model: gpt }, catalogue, 0),
  checkEditForm({ ...emptyImageForm, model: gpt }, catalogue, 99),
  message({ models: [] }),
  message({ text: ' ' }),
  message({ path: [question, waiting] }),
  message({ models: limited }),
  message({ models: limited, pictures: [picture, picture] }),
  message({ bytes: 1e9 }),
  cellProblems('doubao-seedream-4-5-251128'),
].flat();

describe('what is wrong with a request is said whole', () => {
  it('by every sentence that there is', () => {
    const said = new Set(found.map(({ reason }) => reason));
    const missing = (Object.keys(problemWords) as ProblemReason[]).filter((one) => !said.has(one));
    expect(missing).toEqual([]);
  });

  it('by the API, without a placeholder', () => {
    expect(found.map(problemMessage).filter((words) => /[{}…]/.test(words))).toEqual([]);
    expect(image({ model: gemini.id }).map(problemMessage)).toEqual([
      expect.stringMatching(`^${gemini.id} cannot be used for generations\\. Available: `),
    ]);
  });

  it.each([
    ['en', en],
    ['zh', zh],
  ] as const)('by the pages in %s', (locale, messages) => {
    const slips: string[] = [];
    const onError = (error: Error) => void slips.push(error.message);
    const say = createTranslator({ locale, messages, onError });
    const words = found.map(({ reason, values }) => say(`problem.${reason}`, values as never));
    expect(slips).toEqual([]);
    expect(words.filter((one) => /[{}]/.test(one))).toEqual([]);
  });
});
