import { chunkOf, envelope, eventType, type Fault, jsonType, nextStep, send } from './fault-kit';
import { jpeg, onePixel } from './sample-pictures';

type Fields = Record<string, unknown>;

const dataUrl = `data:image/png;base64,${onePixel}`;
const imageBlock = (url: string, more: Fields = {}): Fields => ({
  type: 'image_url',
  image_url: { url },
  ...more,
});
const textBlock = (text: string, more: Fields = {}): Fields => ({ type: 'text', text, ...more });

/** Answers as it is asked for: the parts one event each, or all of them in one message. */
const answer =
  (deltas: Fields[], whole: Fields): Fault =>
  ({ response, body }) => {
    if (body.includes('"stream":true')) {
      response.writeHead(200, eventType);
      const last = chunkOf({}, 'stop');
      response.end(`${deltas.map((delta) => chunkOf(delta)).join('')}${last}data: [DONE]\n\n`);
      return;
    }
    const choice = { index: 0, finish_reason: 'stop', ...whole };
    response.writeHead(200, jsonType).end(JSON.stringify({ id: 'c1', choices: [choice] }));
  };
const blocks = (...content: Fields[]): Fault =>
  answer(
    content.map((block) => ({ content: [block] })),
    { message: { role: 'assistant', content } },
  );
const events = (text: string): Fault => send(200, eventType, text);
const byteByByte =
  (text: string): Fault =>
  async ({ response }) => {
    response.writeHead(200, eventType);
    for (const byte of Buffer.from(text)) {
      response.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    response.end();
  };

/** Fields of an assistant's message that no client knows, in pieces and whole. */
export const unknownFields = {
  thought_signature: 'c2lnbmF0dXJlLW9mLXRoZS1tZXNzYWdl',
  reasoning_details: [{ type: 'reasoning.encrypted', data: 'eyJh\\/=', index: 0 }],
  refusal: null,
};
/** A picture's block with such fields. */
export const signedPicture = imageBlock(onePixel, {
  index: 0,
  thought_signature: 'c2lnbmF0dXJlLW9mLXRoZS1waWN0dXJl',
});

const filler = Buffer.alloc(3 * 20_000).toString('base64');
/** Blocks of a kind that no client knows, with pictures too long to be held as text. */
export const unknownBlocks = [onePixel, jpeg].map((picture) => ({
  type: 'odd',
  data: picture.replace(/=+$/, '').slice(0, 4 * Math.floor(picture.length / 4) - 4) + filler,
}));

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked=1"><script>1</script></svg>';
const hostile = `<script>window.hacked=1</script><img src=x onerror="window.hacked=1">

[click me](javascript:window.hacked=1) [data](data:text/html,<script>window.hacked=1</script>)
![tracker](http://tracker.test/pixel.png) [fine](https://example.com/page)

<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>`;

/** The faults of chat answers, by name. */
export const chatFaults: Record<string, Fault> = {
  'chat-content': blocks(textBlock('Here you go'), imageBlock(dataUrl), textBlock(' and done.')),
  'chat-images': answer(
    [{ content: 'Here you ' }, { content: 'go' }, { content: [], images: [imageBlock(onePixel)] }],
    { message: { role: 'assistant', content: 'Here you go' }, images: [imageBlock(onePixel)] },
  ),
  'chat-message-images': answer([{ content: 'Here you go', images: [imageBlock(dataUrl)] }], {
    message: { role: 'assistant', content: 'Here you go', images: [imageBlock(dataUrl)] },
  }),
  'chat-two': blocks(imageBlock(onePixel), imageBlock(jpeg), textBlock('Two of them.')),
  'chat-signed': answer(
    [
      { role: 'assistant', content: 'Signed ' },
      { content: 'picture', thought_signature: unknownFields.thought_signature.slice(0, 10) },
      { content: [], images: [signedPicture] },
      { thought_signature: unknownFields.thought_signature.slice(10), refusal: null },
      { reasoning_details: unknownFields.reasoning_details },
    ],
    {
      message: { role: 'assistant', content: 'Signed picture', ...unknownFields },
      images: [signedPicture],
    },
  ),
  // As some gateways are: an assistant's pictures are refused in whatever form they come back.
  'chat-refuses-pictures': (context) => {
    const { messages } = JSON.parse(String(context.body)) as { messages: Fields[] };
    const said = JSON.stringify(messages.filter(({ role }) => role === 'assistant'));
    const refusal = envelope('Assistant messages cannot contain images', 'invalid_value');
    const fault = said.includes('image_url')
      ? send(400, jsonType, refusal)
      : chatFaults['chat-images'];
    return fault?.(context);
  },
  // A refusal where OpenAI has it: in a field of its own.
  'chat-refusal-field': answer(
    [{ content: null, refusal: 'I would rather ' }, { refusal: 'not draw that.' }],
    { message: { role: 'assistant', content: null, refusal: 'I would rather not draw that.' } },
  ),
  // Pictures in blocks that no client knows, in two events.
  'chat-unknown-blocks': blocks(...unknownBlocks),
  // Fields beside every word.
  'chat-indexed': blocks(
    ...['One ', 'sentence ', 'in ', 'pieces.'].map((text) => textBlock(text, { index: 0 })),
  ),
  'chat-odd-types': blocks({ type: { toString: 1 }, text: [] }, textBlock('Odd.')),
  'chat-bare-address': blocks({ type: 'image_url', image_url: dataUrl }, textBlock('Bare.')),
  // A picture within the words, cut in its base64.
  'chat-markdown': answer(
    [
      { content: 'In words: ' },
      { content: `![a bear](${dataUrl.slice(0, 60)}` },
      { content: `${dataUrl.slice(60)}) Done.` },
    ],
    { message: { role: 'assistant', content: `In words: ![a bear](${dataUrl}) Done.` } },
  ),
  'chat-inline': blocks(
    { inline_data: { mime_type: 'image/png', data: onePixel } },
    textBlock('Inline.'),
  ),
  'chat-thought': blocks(
    textBlock('A brown one, I think.', { thought: true }),
    imageBlock(jpeg, { thought: true }),
    textBlock('Thought through.'),
    imageBlock(onePixel),
  ),
  // Pieces, and then the whole again with its picture in two places.
  'chat-final-message': events(
    `${chunkOf({ content: 'The who' })}${chunkOf({ images: [imageBlock(dataUrl)] })}data: ${JSON.stringify(
      {
        choices: [
          {
            message: { content: [textBlock('The whole.'), imageBlock(onePixel)] },
            images: [dataUrl],
          },
        ],
      },
    )}\n\n`,
  ),
  'chat-json-events': events(
    JSON.stringify({ choices: [{ message: { content: 'JSON after all.', images: [dataUrl] } }] }),
  ),
  // Fields of an answer without a picture, and a gateway that does not take its own back.
  'chat-signed-words': answer([{ content: 'Which dog?', thought_signature: 'c2ln' }], {
    message: { role: 'assistant', content: 'Which dog?', thought_signature: 'c2ln' },
  }),
  'chat-refuses-ratio': send(
    400,
    jsonType,
    JSON.stringify({
      error: {
        message: 'This model does not draw 21:9',
        type: 'invalid_request_error',
        param: 'imageConfig.aspectRatio',
        code: 'invalid_value',
      },
    }),
  ),
  'chat-refuses-signatures': (context) => {
    const fault = context.body.includes('thought_signature')
      ? send(400, jsonType, envelope('Unknown name "thought_signature"', null))
      : chatFaults['chat-refusal'];
    return fault?.(context);
  },
  'chat-refusal': answer([{ content: 'I cannot ' }, { content: 'draw that.' }], {
    message: { role: 'assistant', content: 'I cannot draw that.' },
  }),
  'chat-neither': answer([{ content: [{ type: 'audio', data: 'x' }] }], {
    message: { role: 'assistant', content: [{ type: 'audio', data: 'x' }] },
  }),
  'chat-silence': answer([{ content: '' }], { message: { role: 'assistant', content: '' } }),
  'chat-bytes': byteByByte(
    `${chunkOf({ content: '一只戴草帽的狗 🐕‍🦺' })}${chunkOf({ images: [imageBlock(onePixel)] })}${chunkOf({}, 'stop')}`,
  ),
  'chat-crlf': events(
    `\uFEFF: it's "alive\r\n\r\n${chunkOf({ content: 'Windows ' })}event: message\r\nid: 7\r\n${chunkOf(
      {
        content: 'says hello',
      },
    )}${chunkOf({}, 'stop')}`.replace(/\r?\n/g, '\r\n'),
  ),
  'chat-no-newline': events(
    `${chunkOf({ content: 'No end' })}${chunkOf({ content: ' at all' }, 'stop')}`.trimEnd(),
  ),
  'chat-junk': events(
    `data: hello "there\n\n${chunkOf({ content: 'Junk ' })}data: {"choices":\n\nretry\n\ndata: [1,\n\n${chunkOf({ content: 'passed over' }, 'stop')}`,
  ),
  'chat-late-error': events(
    `${chunkOf({ content: 'Half of an ans' })}data: ${envelope('Generated image was filtered by policy', null)}\n\n`,
  ),
  'chat-bad-base64': blocks(
    textBlock('One is broken: '),
    imageBlock(`${dataUrl.slice(0, 60)}!!!${dataUrl.slice(60)}`),
    imageBlock(dataUrl),
  ),
  'chat-svg': blocks(
    textBlock('An SVG: '),
    imageBlock(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`),
    imageBlock(`data:image/svg+xml,${encodeURIComponent(svg)}`),
    imageBlock(`data:image/png;base64,${Buffer.from(svg).toString('base64')}`),
  ),
  'chat-link': blocks(imageBlock('http://pictures.test/bear.png', { detail: 'low' })),
  'chat-allowed-link': blocks(imageBlock('http://allowed.test/bear.png')),
  'chat-hostile': blocks(
    textBlock(hostile),
    imageBlock('javascript:window.hacked=1'),
    imageBlock(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`),
    imageBlock('data:text/html,<script>window.hacked=1</script>'),
  ),
  // A text, half of a picture, the rest of it, the end: each when a test says so.
  'chat-held': async ({ response, closed }) => {
    const picture = chunkOf({ content: [], images: [imageBlock(paddedPicture)] });
    const half = Math.floor(picture.length / 2);
    const last = chunkOf({ content: ' Done.' }, 'stop');
    response.writeHead(200, eventType);
    for (const part of [
      chunkOf({ content: 'Drawing …' }),
      picture.slice(0, half),
      picture.slice(half),
      last,
    ]) {
      response.write(part);
      await Promise.race([nextStep(), closed]);
    }
    response.end();
  },
};

// Large enough to be seen arriving: a picture may be followed by anything.
const paddedPicture = Buffer.concat([
  Buffer.from(onePixel, 'base64'),
  Buffer.alloc(3 * 200_000),
]).toString('base64');
