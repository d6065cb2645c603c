import { describe, expect, it } from 'vitest';
import { apply } from './answer-state';
import { type Answer, type ChatMessage, createAnswer, createUserMessage } from './message';
import { type BodyPiece, turnBody } from './turn-body';
import { planPictures } from './turn-plan';

const header = { format: 'png', width: 1, height: 1, hasAlpha: false, orientation: 1 } as const;
const bare = { prefix: '', alphabet: 'base64', isPadded: true } as const;
const picture = (hash: string) => ({ hash, byteLength: 3, header });
const attached = (hash: string) => ({ ...picture(hash), id: hash, name: `${hash}.png` });
const request = {
  fields: { model: 'm', stream: true },
  systemPrompt: '',
  pictures: [] as string[],
  picturesAs: 'blocks' as const,
};

const user = (id: string, parent: string | null, text: string, hashes: string[] = []) =>
  createUserMessage({
    id,
    conversation: 'c',
    parent,
    now: 0,
    text,
    pictures: hashes.map(attached),
  });
const answer = (id: string, parent: string, events: Parameters<typeof apply>[1][]): Answer =>
  events.reduce(apply, createAnswer({ id, conversation: 'c', parent, now: 0, request }));
const text = (words: string, fields?: object) => ({
  type: 'text-delta' as const,
  text: words,
  ...(fields ? { fields: fields as Record<string, unknown> } : {}),
});
const image = (hash: string, block: object = {}, writing = bare) => ({
  type: 'picture' as const,
  picture: picture(hash),
  writing,
  block: { type: 'image_url', image_url: { url: '' }, ...block } as Record<string, unknown>,
});

/** The body as the gateway gets it, with `<hash>` for the base64 of a file. */
function bodyOf(
  path: ChatMessage[],
  {
    choices = {},
    ...changed
  }: Partial<typeof request> & { choices?: Record<string, boolean> } = {},
) {
  const pictures = planPictures({ path, choices, takesPictures: true });
  const sent = pictures.filter(({ isSent }) => isSent).map(({ key }) => key);
  const pieces = turnBody(path, { ...request, pictures: sent, ...changed }, 'nonce');
  const written = (piece: BodyPiece) =>
    typeof piece === 'string' ? piece : `${piece.writing.prefix}<${piece.hash}>`;
  return JSON.parse(pieces.map(written).join(''));
}

const dog = [
  user('u1', null, 'Please draw me a dog'),
  answer('a1', 'u1', [text('Here '), text('you go!'), image('dog', { thought_signature: 'sig' })]),
  user('u2', 'a1', 'Add a hat on the dog'),
];

describe('the body of a turn', () => {
  it('is one message at first', () => {
    expect(bodyOf([user('u', null, 'hello')])).toEqual({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content: 'hello' }],
    });
  });

  it('begins with the system prompt, where there is one', () => {
    const { messages } = bodyOf([user('u', null, 'hi')], { systemPrompt: ' Be brief. ' });
    expect(messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
  });

  it("carries the answer's text and picture back, with the fields of the picture's block", () => {
    expect(bodyOf(dog).messages).toEqual([
      { role: 'user', content: 'Please draw me a dog' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Here you go!' },
          { type: 'image_url', image_url: { url: '<dog>' }, thought_signature: 'sig' },
        ],
      },
      { role: 'user', content: 'Add a hat on the dog' },
    ]);
  });

  it('writes an address alone where it came so', () => {
    const said = answer('a1', 'u1', [image('dog', { image_url: '' })]);
    const { messages } = bodyOf([dog[0] as ChatMessage, said, dog[2] as ChatMessage]);
    expect(messages[1].content).toEqual([{ type: 'image_url', image_url: '<dog>' }]);
  });

  it('carries every unknown field of the message, and blocks that are not known', () => {
    const block = { type: 'thinking', thinking: '…', signature: 'x' };
    const said = answer('a1', 'u1', [
      { type: 'block', block, lifted: {} },
      text('', { thought_signature: 'last' }),
      { type: 'message-field', name: 'thought_signature', value: 'one', lifted: {} },
      { type: 'message-field', name: 'thought_signature', value: 'two', lifted: {} },
      { type: 'message-field', name: 'reasoning_details', value: [{ a: 1 }], lifted: {} },
      { type: 'message-field', name: 'refusal', value: null, lifted: {} },
    ]);
    expect(bodyOf([dog[0] as ChatMessage, said, dog[2] as ChatMessage]).messages[1]).toEqual({
      role: 'assistant',
      content: [block, { type: 'text', text: '', thought_signature: 'last' }],
      thought_signature: 'onetwo',
      reasoning_details: [{ a: 1 }],
      refusal: null,
    });
  });

  it('writes pictures in unknown places again', () => {
    const lifted = {
      'n-0': { hash: 'deep', byteLength: 3, writing: { ...bare, prefix: 'data:x;base64,' } },
    };
    const said = answer('a1', 'u1', [
      { type: 'block', block: { type: 'x', a: [{ url: 'n-0' }] }, lifted },
    ]);
    expect(
      bodyOf([dog[0] as ChatMessage, said, dog[2] as ChatMessage]).messages[1].content,
    ).toEqual([{ type: 'x', a: [{ url: 'data:x;base64,<deep>' }] }]);
  });

  it("puts the designer's pictures behind the text, as data URLs", () => {
    expect(bodyOf([user('u', null, 'both', ['one', 'two'])]).messages[0].content).toEqual([
      { type: 'text', text: 'both' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,<one>' } },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,<two>' } },
    ]);
    expect(bodyOf([user('u', null, '', ['one'])]).messages[0].content).toHaveLength(1);
  });

  it('leaves pictures out, and says so where nothing else is left of a message', () => {
    const path = [
      user('u1', null, '', ['old']),
      answer('a1', 'u1', [image('older')]),
      user('u2', 'a1', 'and now'),
    ];
    const { messages } = bodyOf(path, { choices: { 'a1/0': false } });
    expect(messages.map(({ content }: { content: unknown }) => content)).toEqual([
      '[A picture is left out here.]',
      '[A picture is left out here.]',
      'and now',
    ]);
  });

  it('leaves out what came to nothing, what cannot be shown, and sends links as they came', () => {
    const block = { type: 'image_url', image_url: { url: 'https://a.test/b.png', detail: 'low' } };
    const path = [
      user('u1', null, 'one'),
      answer('a1', 'u1', [{ type: 'unreadable', data: '' }]),
      user('u2', 'a1', 'two'),
      answer('a2', 'u2', [
        { type: 'unusable', reason: 'not_raster', mediaType: 'image/svg+xml' },
        { type: 'link', url: 'https://a.test/b.png', host: 'a.test', block },
      ]),
      user('u3', 'a2', 'three'),
    ];
    expect(bodyOf(path).messages.map(({ content }: { content: unknown }) => content)).toEqual([
      'one',
      'two',
      [block],
      'three',
    ]);
  });

  it("can send the answers' pictures as the designer's own, without what came with them", () => {
    const { messages } = bodyOf([...dog.slice(0, 2), user('u2', 'a1', 'A hat', ['hat'])], {
      picturesAs: 'user' as never,
    });
    expect(messages.slice(1)).toEqual([
      { role: 'assistant', content: 'Here you go!' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'A hat' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,<dog>' } },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,<hat>' } },
        ],
      },
    ]);
    expect(JSON.stringify(messages)).not.toContain('sig');
  });

  it('keeps the words of a refusal where only words go back', () => {
    const refused = answer('a1', 'u1', [
      { type: 'message-field', name: 'refusal', value: 'Rather not.', lifted: {} },
    ]);
    const path = [dog[0] as ChatMessage, refused, dog[2] as ChatMessage];
    expect(bodyOf(path, { picturesAs: 'user' as never }).messages[1]).toEqual({
      role: 'assistant',
      content: 'Rather not.',
    });
  });

  it('is the same each time', () => {
    const pieces = () => turnBody(dog, request, 'n');
    expect(pieces()).toEqual(pieces());
  });

  it('takes no words of a message for a picture', () => {
    const words = 'nonce-0 "nonce-1"';
    const path = [user('u1', null, words, ['one', 'two'])];
    expect(bodyOf(path).messages[0].content[0].text).toBe(words);
  });
});
