import { describe, expect, it } from 'vitest';
import { jpeg, onePixel } from '../../../../e2e/sample-pictures';
import { apply } from '../../chat/answer-state';
import {
  createAnswer,
  createUserMessage,
  isDraft,
  shownParts,
  type TurnRequest,
  textOfAnswer,
} from '../../chat/message';
import { turnBody } from '../../chat/turn-body';
import type { ChatEvent } from './answer';
import { messageForms } from './answer-forms.setup';
import { createChatReader } from './answer-reader';
import { createMemoryKeeper } from './memory-keeper.setup';

// What becomes of a message in the forms that gateways write: the answer that a page keeps, and what
// goes back with the next message.

const dataUrl = `data:image/png;base64,${onePixel}`;
const request = {
  fields: { model: 'm', stream: true },
  systemPrompt: '',
  pictures: ['a/0', 'a/1', 'a/2', 'a/3', 'a/4'],
  picturesAs: 'blocks',
} as unknown as TurnRequest;
const question = createUserMessage({
  id: 'u',
  conversation: 'c',
  parent: null,
  now: 0,
  text: 'a bear',
  pictures: [],
});

/** The answer that is read from bytes, cut anywhere. */
function readAll(text: string, size = 1e9) {
  const { keeper, textOf, files } = createMemoryKeeper();
  const events: ChatEvent[] = [];
  const reader = createChatReader(keeper, (event) => events.push(event), 'nonce');
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    reader.write(new Uint8Array(bytes.subarray(at, at + size)));
  }
  reader.end();
  const empty = createAnswer({ id: 'a', conversation: 'c', parent: 'u', now: 0, request });
  const answer = events.reduce(apply, empty);
  const sent = turnBody([question, answer], request, 'token')
    .map((piece) => (typeof piece === 'string' ? piece : textOf(piece)))
    .join('');
  return { answer, files, back: JSON.parse(sent).messages[1] };
}
type Fields = Record<string, unknown>;
const event = (choice: Fields) => `data: ${JSON.stringify({ choices: [choice] })}\n\n`;
const stream = (...deltas: Fields[]) => deltas.map((delta) => event({ delta })).join('');
const whole = (message: Fields) => JSON.stringify({ choices: [{ message }] });
const kinds = ({ answer }: ReturnType<typeof readAll>) => answer.parts.map(({ kind }) => kind);

describe.each(messageForms)('a picture that comes as %s', (_, message) => {
  it.each([
    ['in one piece', whole(message)],
    ['in a stream', stream({ content: '' }, message)],
    ['as a message in a stream', event({ message })],
  ])('is one picture, %s', (_way, text) => {
    for (const size of [7, 1e9]) {
      const { answer, files, back } = readAll(text, size);
      expect(answer.parts).toEqual([expect.objectContaining({ kind: 'picture' })]);
      expect([...files.values()].map((file) => file.toString('base64'))).toEqual([onePixel]);
      expect(answer.unreadable).toBe(0);
      // It goes back as a picture, never as words.
      const [block, ...more] = back.content as Fields[];
      expect(more).toEqual([]);
      const address = block?.image_url as string | { url: string };
      expect(typeof address === 'string' ? address : address.url).toBe(dataUrl);
      expect(block?.type).toBe('image_url');
    }
  });
});

describe('Markdown', () => {
  const text = `Here:\n\n![a bear! (brown)](${dataUrl} "Bear")\n\nand ![another](${dataUrl.replace(onePixel, jpeg)})!`;
  const expected = [
    { kind: 'text', text: 'Here:\n\n' },
    { kind: 'picture' },
    { kind: 'text', text: '\n\nand ' },
    { kind: 'picture' },
    { kind: 'text', text: '!' },
  ];

  it('may be cut anywhere', () => {
    for (const size of [1, 2, 5, 40, 300]) {
      const pieces: Fields[] = [];
      for (let at = 0; at < text.length; at += size) {
        pieces.push({ content: text.slice(at, at + size), thought_signature: null });
      }
      expect(readAll(stream(...pieces)).answer.parts).toMatchObject(expected);
    }
    for (let at = 1; at < text.length; at++) {
      const pieces = [{ content: text.slice(0, at) }, { content: text.slice(at) }];
      expect(readAll(stream(...pieces)).answer.parts, `cut at ${at}`).toMatchObject(expected);
    }
  });

  it('may hold a large picture, in one piece and in many', () => {
    const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(90_000, 7)]);
    const address = `data:image/png;base64,${file.toString('base64')}`;
    const large = `![](${address}) done`;
    const start = large.indexOf(',') + 1;
    for (const cut of [large.length, start, start + 40_000, 30_000]) {
      const pieces = [{ content: large.slice(0, cut) }, { content: large.slice(cut) }];
      const { answer, back } = readAll(stream(...pieces), 5000);
      expect(answer.parts).toMatchObject([
        { kind: 'picture', byteLength: file.length },
        { kind: 'text', text: ' done' },
      ]);
      expect(back.content[0].image_url.url).toBe(address);
    }
  });

  it.each([
    'Wow! That is ![a link](https://a.test/b.png) and ![no](data:text/plain,x).',
    '![',
    '!',
    'a [link](data:image/png;base64,xx)',
    `![${'x'.repeat(600)}](data`,
    '![a\nb](data:image/png;base64,xx)',
  ])('without pictures stays words: %s', (words) => {
    for (const pieces of [[words], [...words]]) {
      const { answer, back } = readAll(stream(...pieces.map((content) => ({ content }))));
      expect(textOfAnswer(answer)).toBe(words);
      expect(back.content).toBe(words);
    }
  });

  it.each([
    [`![](data:image/svg+xml,<svg/>) after`, 'data_url_not_base64'],
    [`![](${dataUrl.slice(0, 60)}) after`, 'cut'],
    [`![](${dataUrl.slice(0, 60)}%%) after`, 'base64'],
  ])('with a picture that is none says so: %s', (content, reason) => {
    const { answer } = readAll(stream({ content }));
    expect(answer.parts[0]).toMatchObject({ kind: 'unusable', reason });
    expect(textOfAnswer(answer)).toContain('after');
  });

  it('that breaks off in a picture says so', () => {
    const result = readAll(stream({ content: `a ![](${dataUrl.slice(0, 90)}` }));
    expect(kinds(result)).toEqual(['text', 'unusable']);
  });
});

describe('the same picture twice', () => {
  it('is one, with all that is said of it', () => {
    const { answer } = readAll(
      stream(
        { content: [{ image_url: { url: dataUrl }, thought: true, index: 0 }] },
        { images: [{ image_url: { url: onePixel }, thought_signature: 's' }] },
        { images: [jpeg] },
      ),
    );
    expect(answer.parts).toMatchObject([
      { kind: 'picture', block: { index: 0, thought_signature: 's' } },
      { kind: 'picture' },
    ]);
    expect(answer.parts.some(isDraft)).toBe(false);
  });
});

describe('a message after pieces of it', () => {
  const pieces = stream({ content: 'Half ' }, { content: 'a', thought_signature: 'x' });

  it('takes their place', () => {
    const message = { role: 'assistant', content: 'Half a bear', refusal: null };
    const { answer } = readAll(pieces + event({ message, finish_reason: 'stop' }));
    expect(answer.parts).toMatchObject([{ kind: 'text', text: 'Half a bear' }]);
    expect(answer).toMatchObject({ fields: { refusal: null }, finishReason: 'stop' });
  });

  it('may stand beside an empty piece', () => {
    const message = { content: [{ type: 'text', text: 'All' }, { image_url: { url: dataUrl } }] };
    const last = event({ delta: { role: 'assistant', content: '' }, message });
    const result = readAll(pieces + stream({ images: [jpeg] }) + last);
    expect(kinds(result)).toEqual(['text', 'picture']);
    expect(textOfAnswer(result.answer)).toBe('All');
  });

  it('costs no picture that it does not have', () => {
    const result = readAll(stream({ images: [dataUrl] }) + event({ message: { content: 'All' } }));
    expect(kinds(result)).toEqual(['picture', 'text']);
  });

  it('is none if it says nothing, or stands beside a piece', () => {
    const more = event({ message: { role: 'assistant', content: '' } });
    const beside = event({ delta: { content: ' bear' }, message: { content: 'Half a bear' } });
    expect(textOfAnswer(readAll(pieces + more + beside).answer)).toBe('Half a bear');
  });

  it('is itself a piece where all pieces are called so', () => {
    const text = ['Half ', 'a'].map((content) => event({ message: { content } })).join('');
    expect(textOfAnswer(readAll(text).answer)).toBe('Half a');
  });
});

describe('a draft', () => {
  const { answer, back } = readAll(
    stream(
      { content: [{ type: 'text', text: 'Hm, ', thought: true }] },
      { content: [{ type: 'text', text: 'a bear', thought: true }] },
      { images: [{ image_url: { url: dataUrl }, thought: true }] },
      { content: 'Here it is' },
      { images: [jpeg] },
    ),
  );

  it('is told apart from the answer', () => {
    expect(shownParts(answer).map(({ part }) => [part.kind, isDraft(part)])).toEqual([
      ['text', true],
      ['picture', true],
      ['text', false],
      ['picture', false],
    ]);
    expect(textOfAnswer(answer)).toBe('Here it is');
  });

  it('goes back as it came', () => {
    expect(back.content.map(({ thought }: Fields) => thought)).toEqual([
      true,
      true,
      true,
      undefined,
      undefined,
    ]);
  });
});

it('a picture that is cut short is said to be so, and its answer goes on', () => {
  const half = Buffer.from(onePixel, 'base64').subarray(0, -15).toString('base64');
  const { answer } = readAll(whole({ content: 'Hi', images: [half, { url: dataUrl }] }));
  expect(answer.parts).toMatchObject([
    { kind: 'text' },
    { kind: 'unusable', reason: 'cut', mediaType: 'image/png' },
    { kind: 'picture' },
  ]);
});

it('an error that says nothing is none', () => {
  const text = `data: ${JSON.stringify({ error: {}, choices: [{ delta: { content: 'a' } }] })}\n\n`;
  expect(readAll(text).answer).toMatchObject({ error: null, parts: [{ text: 'a' }] });
});
