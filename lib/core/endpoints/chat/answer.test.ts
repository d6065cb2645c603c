import { describe, expect, it } from 'vitest';
import { type ChatEvent, createChatStreamReader, readChatAnswer } from './answer';

const url = 'data:image/png;base64,iVBORw0KGgo=';
const block = { type: 'image_url', image_url: { url }, thought_signature: 'sig' };
const chunk = (delta: object, finish_reason: string | null = null, more = {}) => ({
  id: '1',
  choices: [{ index: 0, delta, finish_reason }],
  ...more,
});

function readStream(text: string, size = text.length): ChatEvent[] {
  const events: ChatEvent[] = [];
  const reader = createChatStreamReader({ onEvent: (event) => events.push(event) });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.slice(at, at + size));
  reader.end();
  return events;
}
const stream = (chunks: object[], newline = '\n') =>
  chunks.map((one) => `data: ${JSON.stringify(one)}${newline}${newline}`).join('');
const kinds = (events: ChatEvent[]) => events.map((event) => event.type);

describe('a streamed answer', () => {
  const beta = stream([
    chunk({ role: 'assistant', content: '你好, ' }),
    chunk({ content: 'here' }),
    chunk({ content: [], images: [block] }),
    chunk({ reasoning_details: [1] }),
    chunk({}, 'stop'),
    { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
  ]);
  const expected = [
    { type: 'text-delta', text: '你好, ' },
    { type: 'text-delta', text: 'here' },
    { type: 'image-ready', block, picture: expect.objectContaining({ kind: 'bytes' }) },
    { type: 'message-field', name: 'reasoning_details', value: [1] },
    { type: 'finish', reason: 'stop' },
    { type: 'usage', usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
  ];

  it('is read in pieces of any size, with or without [DONE]', () => {
    for (const size of [1, 2, 3, 7, 64]) {
      expect(readStream(beta, size)).toEqual(expected);
      expect(readStream(`${beta}data: [DONE]\n\n`, size)).toEqual(expected);
    }
  });

  it('may have CRLF, comments, a BOM, and no last newline', () => {
    const odd = `\uFEFF: hello\r\n\r\n${beta.replaceAll('\n', '\r\n')}`.replace(/[\r\n]+$/, '');
    expect(readStream(odd)).toEqual(expected);
  });

  it('may have its pictures among the content', () => {
    const content = [
      { type: 'text', text: 'a' },
      { type: 'image_url', image_url: { url } },
    ];
    expect(kinds(readStream(stream([chunk({ content })])))).toEqual(['text-delta', 'image-ready']);
  });

  it('says an error in mid-stream, and what cannot be read', () => {
    const events = readStream(
      `${stream([chunk({ content: 'a' })])}data: nonsense\n\n${stream([{ error: { message: 'm' } }])}`,
    );
    expect(kinds(events)).toEqual(['text-delta', 'unreadable', 'error']);
  });
});

describe('a whole answer', () => {
  it.each([
    ['choices[].images', { message: { content: 'Hi' }, images: [block] }],
    ['message.images', { message: { content: 'Hi', images: [block] } }],
    ['message.content', { message: { content: [{ type: 'text', text: 'Hi' }, block] } }],
  ])('has its picture in %s', (_, choice) => {
    const events = readChatAnswer({ choices: [{ ...choice, finish_reason: 'stop' }], usage: {} });
    expect(events).toEqual([
      { type: 'text-delta', text: 'Hi' },
      { type: 'image-ready', block, picture: expect.objectContaining({ kind: 'bytes' }) },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', usage: {} },
    ]);
  });

  it('may be an error, or nothing', () => {
    expect(kinds(readChatAnswer({ error: { message: 'x' } }))).toEqual(['error']);
    for (const body of [null, [], 'x', {}, { choices: [null, {}] }]) {
      expect(readChatAnswer(body)).toEqual([]);
    }
  });
});
