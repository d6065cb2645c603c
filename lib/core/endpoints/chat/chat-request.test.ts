import { describe, expect, it } from 'vitest';
import { createJsonReader } from '../../bytes/json-stream';
import { catalogue } from '../../models/catalogue';
import { type ChatRequest, checkChat, decodeChat, encodeChat } from './chat-request';

const user = { role: 'user', content: 'hello' };
const pro = { model: 'turing/gemini-3-pro-image', messages: [user] };
const flash = { ...pro, model: 'turing/gemini-2.5-flash-image' };
const found = (body: object) =>
  checkChat(body as never, catalogue).map(({ code, param }) => [code, param]);
const image = (url = 'data:image/png;base64,AAAA') => ({ type: 'image_url', image_url: { url } });

describe('checkChat takes', () => {
  it.each([
    pro,
    { ...pro, stream: true, stream_options: { include_usage: true }, modalities: ['image'] },
    { ...pro, imageConfig: { aspectRatio: '21:9', imageSize: '4K' } },
    {
      ...pro,
      imageConfig: { imageOutputOptions: { mimeType: 'image/jpeg', compressionQuality: 95 } },
    },
    { ...pro, imageConfig: { imageOutputOptions: { compressionQuality: 95 } } },
    { ...flash, imageConfig: { aspectRatio: '16:9', imageSize: '1K' } },
    {
      ...pro,
      temperature: 0.5,
      top_p: 1,
      max_tokens: 10,
      seed: -1,
      stop: ['a'],
      n: 1,
      user: 'u',
      metadata: {},
    },
    {
      ...pro,
      frequency_penalty: 1,
      presence_penalty: 1,
      logit_bias: { 50256: -100 },
      logprobs: true,
      top_logprobs: 5,
      response_format: { type: 'text' },
      reasoning_effort: 'low',
      verbosity: 'low',
      store: false,
      service_tier: 'auto',
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
      prediction: { type: 'content', content: 'x' },
      prompt_cache_key: 'k',
      safety_identifier: 's',
      max_completion_tokens: 10,
      stream_options: { include_usage: true },
    },
    {
      ...pro,
      tools: [{ type: 'function', function: { name: 'f' } }],
      tool_choice: 'auto',
      parallel_tool_calls: false,
      messages: [
        user,
        { role: 'assistant', content: null, tool_calls: [{ id: '1' }] },
        { role: 'tool', tool_call_id: '1', content: 'x' },
      ],
    },
    {
      ...pro,
      messages: [{ role: 'system', content: 's' }, { role: 'developer', content: 'd' }, user],
    },
    {
      ...pro,
      messages: [
        { ...user, content: [{ type: 'text', text: 't' }, image(), image('http://a/b.png')] },
      ],
    },
    {
      ...pro,
      messages: [user, { role: 'assistant', images: [image()], thought_signature: 'abc' }, user],
    },
    {
      ...pro,
      messages: [
        user,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'x' },
            { type: { odd: 1 }, text: 1 },
            { type: 'image_url', image_url: 'data:image/png;base64,AAAA' },
          ],
        },
      ],
    },
  ])('%j', (body) => expect(found(body)).toEqual([]));
});

describe('checkChat refuses', () => {
  it.each([
    [{ ...pro, model: 'turing/gpt-image-2' }, ['invalid_value', 'model']],
    [{ model: pro.model }, ['missing_parameter', 'messages']],
    [{ ...pro, messages: [] }, ['invalid_value', 'messages']],
    [{ ...pro, messages: 'hello' }, ['invalid_value', 'messages']],
    [{ ...pro, messages: ['hello'] }, ['invalid_value', 'messages[0]']],
    [{ ...pro, messages: [{ ...user, role: 'critic' }] }, ['invalid_value', 'messages[0].role']],
    [{ ...pro, messages: [{ role: 'user' }] }, ['invalid_value', 'messages[0].content']],
    [
      { ...pro, messages: [user, { ...user, content: [{ type: 'text' }] }] },
      ['invalid_value', 'messages[1].content[0].text'],
    ],
    [
      { ...pro, messages: [{ ...user, content: [{ type: 'image_url', image_url: 'x' }] }] },
      ['invalid_value', 'messages[0].content[0].image_url'],
    ],
    [{ ...pro, imageConfig: { aspectRatio: '7:5' } }, ['invalid_value', 'imageConfig.aspectRatio']],
    [{ ...flash, imageConfig: { imageSize: '2K' } }, ['invalid_value', 'imageConfig.imageSize']],
    [{ ...pro, imageConfig: { imageSize: '8K' } }, ['invalid_value', 'imageConfig.imageSize']],
    [{ ...pro, imageConfig: { size: '1K' } }, ['unknown_parameter', 'imageConfig.size']],
    [{ ...pro, imageConfig: 'big' }, ['invalid_value', 'imageConfig']],
    [
      { ...pro, imageConfig: { imageOutputOptions: { mimeType: 'image/webp' } } },
      ['invalid_value', 'imageConfig.imageOutputOptions.mimeType'],
    ],
    [
      {
        ...pro,
        imageConfig: { imageOutputOptions: { mimeType: 'image/png', compressionQuality: 9 } },
      },
      ['invalid_value', 'imageConfig.imageOutputOptions.compressionQuality'],
    ],
    [{ ...pro, modalities: [] }, ['invalid_value', 'modalities']],
    [{ ...pro, modalities: ['smell'] }, ['invalid_value', 'modalities']],
    [{ ...pro, stream: 'yes' }, ['invalid_value', 'stream']],
    [{ ...pro, temperature: 3 }, ['invalid_value', 'temperature']],
    [{ ...pro, max_tokens: 0 }, ['invalid_value', 'max_tokens']],
    [{ ...pro, n: 2 }, ['invalid_value', 'n']],
    [{ ...pro, api_base: '' }, ['unknown_parameter', 'api_base']],
    [{ ...pro, base_url: 'http://evil' }, ['unknown_parameter', 'base_url']],
  ])('%j', (body, problem) => expect(found(body)).toEqual([problem]));
});

it('takes fields that are null for left out, known or not', () => {
  const body = { ...pro, n: null, tools: null, api_base: null } as never;
  expect({ ...decodeChat(body, catalogue) }).toEqual(pro);
});

it('decode(encode(x)) = x, with every field of a message', () => {
  const request = {
    ...pro,
    messages: [
      user,
      {
        role: 'assistant',
        content: [{ ...image(), thought_signature: 's', deep: { a: [1, null] } }],
      },
      user,
    ],
  } as unknown as ChatRequest;
  const reader = createJsonReader({ keepStringBytes: 1e6 });
  reader.write(new TextEncoder().encode(encodeChat(request)));
  expect(JSON.parse(JSON.stringify(decodeChat(reader.end(), catalogue)))).toEqual(request);
});

it('a picture too long to be kept is a string all the same', () => {
  const body = { ...pro, messages: [{ ...user, content: [image(`data:${'A'.repeat(50_000)}`)] }] };
  const reader = createJsonReader({ keepStringBytes: 100 });
  reader.write(new TextEncoder().encode(JSON.stringify(body)));
  expect(checkChat(reader.end(), catalogue)).toEqual([]);
});
