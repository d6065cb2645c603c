import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../core/models/catalogue';
import {
  decode,
  type Heard,
  meanColour,
  models,
  post,
  readError,
  readEvents,
  readPictures,
  startDemo,
} from './demo-client';

type Fields = Record<string, unknown>;

const ask = (prompt: string, fields: Fields = {}) => ({
  model: models.images.id,
  messages: [{ role: 'user', content: prompt }],
  ...fields,
});
const send = (body: Fields) => post(startDemo(), '/chat/completions', body);

async function whole(body: Fields) {
  const response = await send(body);
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return { answer: JSON.parse(text), events: await readEvents(new Response(text)) };
}

function pictureOf(events: Heard[]): Buffer {
  const found = events.find((event) => event.type === 'picture');
  if (!found) throw new Error('no picture');
  return found.file;
}

const textOf = (events: Heard[]) =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');

/** The assistant's message as a client sends it back: with the pictures in its own blocks. */
function sentBack(events: Heard[]) {
  const blocks = events.flatMap((event) => (event.type === 'picture' ? [event.block] : []));
  return { role: 'assistant', content: [{ type: 'text', text: textOf(events) }, ...blocks] };
}

const chatModels = catalogue.filter(({ endpoints }) => endpoints.includes('chat'));
const dataUrl = async (colour: string) => {
  const create = { width: 64, height: 64, channels: 3 as const, background: colour };
  const bytes = await sharp({ create }).png().toBuffer();
  return `data:image/png;base64,${bytes.toString('base64')}`;
};
const pictureBlock = async (colour: string): Promise<Fields> => ({
  type: 'image_url',
  image_url: { url: await dataUrl(colour), detail: 'low' },
});

describe('the two formats of chat answers', () => {
  it('puts pictures into the content of the one, as data URLs', async () => {
    const { answer } = await whole(ask('a red dog', { model: models.content.id }));
    const [choice] = answer.choices;
    expect(choice.message.role).toBe('assistant');
    expect(choice.message.content.map(({ type }: { type: string }) => type)).toEqual([
      'text',
      'image_url',
    ]);
    expect(choice.message.content[1].image_url.url).toMatch(/^data:image\/png;base64,/);
    expect(choice.finish_reason).toBe('stop');
  });

  it('puts pictures beside the message of the other, as bare base64 with a signature', async () => {
    const { answer } = await whole(ask('a red dog'));
    const [choice] = answer.choices;
    expect(choice.message.content).toContain('a red dog');
    expect(choice.images[0].image_url.url).toMatch(/^iVBOR/);
    expect(choice.images[0].thought_signature).toMatch(/^[\w+/]+=*$/);
  });

  it.each(chatModels)('streams and answers the same picture for $id', async ({ id, wire }) => {
    const body = ask('一只蓝色的鸟', { model: id });
    const response = await send({ ...body, stream: true });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const text = await response.text();
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    const chunks = text
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice('data: '.length)));
    expect(chunks[0].choices[0].delta.role).toBe('assistant');
    expect(chunks.at(-1).choices[0].finish_reason).toBe('stop');
    expect(chunks.every(({ usage }) => usage === undefined)).toBe(true);
    const deltas = chunks.map(({ choices }) => choices[0].delta);
    const withPicture = deltas.filter(({ content, images }) => Array.isArray(content) || images);
    expect(withPicture).toHaveLength(1);
    expect(Object.keys(withPicture[0])).toEqual(
      wire.pictures === 'images' ? ['content', 'images'] : ['content'],
    );
    if (wire.pictures === 'images') expect(withPicture[0].content).toEqual([]);

    const streamed = await readEvents(new Response(text));
    const { events } = await whole(body);
    expect(pictureOf(streamed).equals(pictureOf(events))).toBe(true);
    expect(textOf(streamed)).toBe(textOf(events));
    expect(textOf(events)).toContain('一只蓝色的鸟');
    expect(streamed.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(2);
    expect(streamed.findIndex(({ type }) => type === 'picture')).toBeGreaterThan(
      streamed.findLastIndex(({ type }) => type === 'text-delta'),
    );
  });

  it('tells the usage of a stream on request, in a last chunk without choices', async () => {
    const fields = { stream: true, stream_options: { include_usage: true } };
    const text = await (await send(ask('hello', fields))).text();
    const last = JSON.parse(text.split('\n\n').at(-3)?.slice('data: '.length) ?? '');
    const { answer } = await whole(ask('hello'));
    expect(last.choices).toEqual([]);
    expect(last.usage).toEqual(answer.usage);
  });

  it('answers text alone, or a picture alone, as modalities say', async () => {
    const text = await whole(ask('hello', { modalities: ['text'] }));
    expect(text.events.some(({ type }) => type === 'picture')).toBe(false);
    expect(textOf(text.events)).toContain('hello');
    const picture = await whole(ask('hello', { modalities: ['image'] }));
    expect(textOf(picture.events)).toBe('');
    expect(pictureOf(picture.events).length).toBeGreaterThan(0);
  });
});

describe('sizes, tokens and formats', () => {
  it.each(chatModels)(
    'has the exact tokens of the whole table of $id',
    async ({ id, sizes }) => {
      // Streams of which nothing but the usage is read would still be drawn: text alone is not, so
      // the difference to it is what the picture counts.
      for (const [aspectRatio, levels] of Object.entries(sizes.table)) {
        for (const imageSize of Object.keys(levels)) {
          if (imageSize !== Object.keys(levels)[0] && !['1:1', '21:9'].includes(aspectRatio))
            continue;
          const imageConfig = { aspectRatio, imageSize };
          const body = ask('x', { model: id, modalities: ['image'], imageConfig });
          const { answer, events } = await whole(body);
          const place = `${aspectRatio} ${imageSize}`;
          expect(answer.usage.completion_tokens, place).toBe(sizes.tokens?.[imageSize]);
          expect(answer.usage.total_tokens).toBe(
            answer.usage.prompt_tokens + answer.usage.completion_tokens,
          );
          const { width, height } = await sharp(pictureOf(events)).metadata();
          expect(`${width}x${height}`, place).toBe(levels[imageSize]);
        }
      }
    },
    20_000,
  );

  it('draws a square PNG of 1K when nothing is asked', async () => {
    const { format, width, height } = await sharp(
      pictureOf((await whole(ask('x'))).events),
    ).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: 1024, height: 1024 });
  });

  it('keeps the quality asked for', async () => {
    const jpeg = async (compressionQuality: number | undefined) => {
      const imageOutputOptions = { mimeType: 'image/jpeg', compressionQuality };
      const body = ask('x', { model: models.content.id, imageConfig: { imageOutputOptions } });
      const { answer, events } = await whole(body);
      expect(answer.choices[0].message.content[1].image_url.url).toMatch(/^data:image\/jpeg;/);
      return pictureOf(events);
    };
    const [usual, poor] = await Promise.all([jpeg(undefined), jpeg(20)]);
    expect((await sharp(usual).metadata()).format).toBe('jpeg');
    expect(poor.length).toBeLessThan(usual.length);
  });

  it('counts text and picture', async () => {
    const { answer, events } = await whole(ask('hello'));
    const alone = await whole(ask('hello', { modalities: ['image'] }));
    expect(answer.usage.completion_tokens).toBeGreaterThan(alone.answer.usage.completion_tokens);
    expect(textOf(events)).not.toBe('');
  });
});

describe('a conversation', () => {
  it.each([models.images, models.content])('changes the earlier picture of $id', async ({ id }) => {
    const first = await whole(ask('a grey arch', { model: id }));
    const question = { role: 'user', content: 'a grey arch' };
    const later = { role: 'user', content: 'paint it green' };
    const second = await whole({ model: id, messages: [question, sentBack(first.events), later] });
    const [before, after] = [pictureOf(first.events), pictureOf(second.events)];
    const [grey, green] = await Promise.all([meanColour(before), meanColour(after)]);
    expect(green.green - green.red).toBeGreaterThan(grey.green - grey.red + 15);
    const fresh = pictureOf((await whole({ model: id, messages: [later] })).events);
    expect(after.equals(fresh)).toBe(false);
    expect(second.answer.usage.prompt_tokens).toBeGreaterThan(
      first.answer.usage.prompt_tokens + 200,
    );
  });

  it('takes the picture back in the images field too', async () => {
    const { answer, events } = await whole(ask('a grey arch'));
    const { message, images } = answer.choices[0];
    const later = { role: 'user', content: 'paint it green' };
    const asField = { ...ask(''), messages: [{ ...message, images }, later] };
    const asBlocks = { ...ask(''), messages: [sentBack(events), later] };
    const [one, other] = [await whole(asField), await whole(asBlocks)];
    expect(pictureOf(one.events).equals(pictureOf(other.events))).toBe(true);
  });

  it('starts from the picture of the last message, and puts several of it together', async () => {
    const text = { type: 'text', text: 'a grey table' };
    const [red, blue] = [await pictureBlock('#ff0000'), await pictureBlock('#0000ff')];
    const older = { role: 'user', content: [text, blue] };
    const only = await whole({
      ...ask(''),
      messages: [older, { role: 'user', content: [text, red] }],
    });
    const mean = await meanColour(pictureOf(only.events));
    expect(mean.red).toBeGreaterThan(mean.blue + 40);

    const both = await whole({
      ...ask(''),
      messages: [{ role: 'user', content: [text, red, blue] }],
    });
    const { rgba } = await decode(pictureOf(both.events));
    const pixels = new Set<string>();
    for (let at = 0; at < rgba.length; at += 4) pixels.add(rgba.toString('hex', at, at + 3));
    expect(pixels).toContain('ff0000');
    expect(pixels).toContain('0000ff');
  });

  it('refuses a link and a broken picture', async () => {
    const withUrl = (url: string) => ({
      ...ask(''),
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
    });
    const truncated = (await dataUrl('#ff0000')).slice(0, 80);
    for (const url of ['https://example.com/a.png', 'hello', truncated]) {
      const error = await readError(await send(withUrl(url)));
      expect(error).toMatchObject({ status: 400, code: 'invalid_value' });
      expect(error.param).toBe('messages[0].content[0].image_url.url');
    }
  });
});

describe('signatures', () => {
  const later = { role: 'user', content: 'a hat on the dog' };
  const conversation = async (change: (block: Fields) => Fields, words = '') => {
    const { events } = await whole(ask('a dog'));
    const message = sentBack(events);
    message.content = message.content.map((block) =>
      'image_url' in block ? (change(block) as typeof block) : block,
    );
    const question = { role: 'user', content: `a dog ${words}` };
    return { model: models.images.id, messages: [question, message, later] };
  };

  it('accepts one that comes back as it went, and a missing one', async () => {
    expect((await send(await conversation((block) => block, '[strict-signatures]'))).status).toBe(
      200,
    );
    const without = await conversation(({ thought_signature: _, ...block }) => block);
    expect((await send(without)).status).toBe(200);
  });

  it('accepts bare base64 that comes back as a data URL', async () => {
    const body = await conversation((block) => {
      const { url } = block.image_url as { url: string };
      return { ...block, image_url: { url: `data:image/png;base64,${url}` } };
    });
    expect((await send(body)).status).toBe(200);
  });

  it('refuses a changed one, and another picture under it', async () => {
    const forged = await conversation((block) => ({ ...block, thought_signature: 'abcd' }));
    const swapped = await conversation((block) => ({
      ...block,
      image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' },
    }));
    for (const body of [forged, swapped]) {
      const error = await readError(await send(body));
      expect(error).toMatchObject({ status: 400, code: 'invalid_value' });
      expect(error.param).toBe('messages[1].content[1].thought_signature');
    }
  });

  it('refuses a missing one only where a trouble word of any turn asks for it', async () => {
    const body = await conversation(
      ({ thought_signature: _, ...block }) => block,
      '[strict-signatures]',
    );
    expect(await readError(await send(body))).toMatchObject({ status: 400, code: 'invalid_value' });
    const elsewhere = { ...body, model: models.content.id };
    expect((await send(elsewhere)).status).toBe(200);
  });
});

describe('checks of chat', () => {
  it.each([
    [{ model: models.free.id }, 'invalid_value', 'model'],
    [{ messages: undefined }, 'missing_parameter', 'messages'],
    [{ messages: [{ role: 'robot', content: 'x' }] }, 'invalid_value', 'messages[0].role'],
    [{ imageConfig: { aspectRatio: '7:1' } }, 'invalid_value', 'imageConfig.aspectRatio'],
    [
      { model: models.content.id, imageConfig: { imageSize: '4K' } },
      'invalid_value',
      'imageConfig.imageSize',
    ],
    [{ temprature: 1 }, 'unknown_parameter', 'temprature'],
  ])('refuses %j', async (fields, code, param) => {
    const error = await readError(await send(ask('x', fields)));
    expect(error).toMatchObject({ status: 400, code, param });
  });

  it('holds a conversation of large pictures', async () => {
    const { pictures } = await readPictures(
      await post(startDemo(), '/images/generations', {
        model: models.batch.id,
        prompt: 'x',
        size: '4096x4096',
      }),
    );
    const padding = Buffer.alloc(9_000_000);
    const url = `data:image/png;base64,${Buffer.concat([pictures[0] as Buffer, padding]).toString('base64')}`;
    const turn = { role: 'user', content: [{ type: 'image_url', image_url: { url } }] };
    const messages = [turn, turn, turn, { role: 'user', content: 'blue' }];
    expect((await send({ ...ask(''), messages })).status).toBe(200);
  });
});
