import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockOf,
  chunk,
  dataUrl,
  kinds,
  large,
  picture,
  png,
  read,
  signed,
  small,
  stream,
} from './answer-reader.setup';

const conversation = [
  chunk({ role: 'assistant', content: '你好, 🎈' }),
  chunk({ content: 'here' }),
  chunk({ content: [], images: [blockOf(small.toString('base64'), signed)] }),
  chunk({ images: [blockOf(dataUrl(large))] }),
  chunk({ thought_signature: 'abc' }),
  chunk({}, 'stop'),
  { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
];
const expected = [
  { type: 'text-delta', text: '你好, 🎈' },
  { type: 'text-delta', text: 'here' },
  expect.objectContaining({ type: 'picture', block: blockOf('', signed) }),
  picture(large),
  { type: 'message-field', name: 'thought_signature', value: 'abc', lifted: {} },
  { type: 'finish', reason: 'stop' },
  { type: 'usage', usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
];

describe('a streamed answer', () => {
  it('is the same wherever it is cut', () => {
    const bytes = Buffer.from(`${stream(conversation)}data: [DONE]\n\n`);
    const uncut = read(bytes);
    expect(uncut.events).toEqual(expected);
    expect(uncut.texts).toEqual([small.toString('base64'), dataUrl(large)]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 6 }),
        (sizes) => {
          const cut = read(bytes, sizes);
          expect([cut.events, cut.texts]).toEqual([uncut.events, uncut.texts]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the same cut in two at every byte', () => {
    const short = conversation.filter((one) => !JSON.stringify(one).includes('data:image'));
    const bytes = Buffer.from(stream(short));
    const uncut = read(bytes);
    for (let at = 1; at < bytes.length; at++) {
      expect(read(bytes, [at, bytes.length]), `cut at ${at}`).toEqual(uncut);
    }
  });

  it('is the same cut in two wherever a picture begins, is taken out, and ends', () => {
    const bytes = Buffer.from(stream(conversation));
    const uncut = read(bytes);
    const begin = bytes.indexOf('data:image');
    const end = bytes.indexOf('"', begin);
    // A string is held until it is long; what follows is the same byte after byte.
    const places = [begin, begin + 16 * 1024, end].flatMap((middle) =>
      Array.from({ length: 80 }, (_, index) => middle - 40 + index),
    );
    for (const at of places) {
      const { events, texts } = read(bytes, [at, bytes.length]);
      expect([events, texts], `cut at ${at}`).toEqual([uncut.events, uncut.texts]);
    }
  });

  it('tells how much of a picture is there', () => {
    const { arriving } = read(stream([chunk({ images: [blockOf(dataUrl(large))] })]), [1000]);
    expect(arriving.length).toBeGreaterThan(30);
    expect(arriving).toEqual([...arriving].sort((one, other) => one - other));
    expect(arriving.at(-1)).toBeGreaterThan(large.length - 1000);
  });

  it('may have CRLF, comments, a BOM, and no last newline', () => {
    const odd = `\uFEFF: it's "open\r\n\r\n${stream(conversation, '\r\n')}`.replace(/\s+$/, '');
    expect(read(odd, [7]).events).toEqual(expected);
  });

  it('says an error in mid-stream and what cannot be read, and reads on', () => {
    const broken = `data: {"choices":[{"delta":{"images":[{"image_url":{"url":"${dataUrl(large)}\n\n`;
    const answer = `${stream([chunk({ content: 'a' })])}data: nonsense "\n\n${broken}${stream([
      { error: { message: 'm' } },
      chunk({ content: 'b' }),
    ])}`;
    expect(kinds(answer)).toEqual([
      'text-delta',
      'unreadable',
      'unreadable',
      'error',
      'text-delta',
    ]);
  });

  it('keeps half a character of a text until the other half has come', () => {
    const [high, low] = ['\ud83c', '\udf88'];
    const { events } = read(stream([chunk({ content: high }), chunk({ content: low })]));
    expect(events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')).toBe(
      '🎈',
    );
  });

  it('takes nothing for a picture because it says so', () => {
    const text = 'nonce-0 nonce-1';
    const { events } = read(
      stream([chunk({ content: text, images: [blockOf(dataUrl(large)), blockOf('nonce-7')] })]),
    );
    expect(events[0]).toEqual({ type: 'text-delta', text });
    expect(events[2]).toMatchObject({ type: 'unusable', reason: 'unknown_form' });
  });

  it('is unreadable where it is nested too deep', () => {
    const deep = `{"choices":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect(kinds(`data: ${deep}\n\n`)).toEqual(['unreadable']);
  });
});

describe('a picture', () => {
  const read1 = (url: string) => {
    const { events, texts } = read(stream([chunk({ images: [blockOf(url)] })]), [3000]);
    return { event: events[0], text: texts[0] };
  };
  const urlSafe = (file: Buffer) => file.toString('base64url');

  it.each([small, large, png(59_000), png(58_999)])('is written again as it came', (file) => {
    const base64 = file.toString('base64');
    const forms = [base64, dataUrl(file), dataUrl(file, 'image/jpeg'), base64.replace(/=+$/, '')];
    const prefix = 'DATA:image/png;name=a;base64,';
    for (const form of [...forms, urlSafe(file), prefix + urlSafe(file), prefix + base64]) {
      expect(read1(form).text).toBe(form);
    }
  });

  it('may have line breaks, which are written no more', () => {
    const broken = large.toString('base64').replace(/.{76}/g, '$&\r\n');
    expect(read1(broken).text).toBe(large.toString('base64'));
  });

  it.each([
    ['empty', ''],
    ['empty', 'data:image/png;base64,'],
    ['base64', `${dataUrl(large).slice(0, 50_000)}*${dataUrl(large).slice(50_000)}`],
    ['base64', `${dataUrl(small).slice(0, -20)}!`],
    [
      'not_raster',
      `data:image/svg+xml;base64,${Buffer.from('<svg onload="x()"/>').toString('base64')}`,
    ],
    ['not_raster', `data:image/png;base64,${Buffer.from('<svg '.repeat(9000)).toString('base64')}`],
    ['data_url_not_base64', 'data:image/svg+xml,<svg/>'],
    ['data_url_malformed', 'data:hello'],
    ['unknown_form', 'javascript:alert(1)'],
    ['unknown_form', 'hello'],
  ])('that cannot be shown says why: %s', (reason, url) => {
    expect(read1(url).event).toMatchObject({ type: 'unusable', reason });
  });

  it('with broken base64 costs no other part', () => {
    const broken = blockOf(dataUrl(large).replace(/.{9}$/, '#'));
    const content = [{ type: 'text', text: 'a' }, broken, blockOf(dataUrl(small))];
    expect(kinds(stream([chunk({ content })]))).toEqual(['text-delta', 'unusable', 'picture']);
  });

  it('may have its address without an object round it', () => {
    const block = { type: 'image_url', image_url: dataUrl(large), ...signed };
    const { events, texts } = read(stream([chunk({ content: [block] })]));
    expect(events).toMatchObject([{ type: 'picture', block: { ...block, image_url: '' } }]);
    expect(texts).toEqual([dataUrl(large)]);
  });

  it('may be an address elsewhere, with its block as it is', () => {
    const block = blockOf('https://pictures.test:8443/a.png', signed);
    expect(read(stream([chunk({ images: [block] })])).events).toEqual([
      { type: 'link', url: block.image_url.url, host: 'pictures.test:8443', block },
    ]);
  });
});

describe('what is not known', () => {
  it('is told as it is: fields, blocks, further fields of a text', () => {
    const block = { type: 'thinking', thinking: 'hm', n: 1 };
    const text = { type: 'text', text: '', thought_signature: 's' };
    const { events } = read(stream([chunk({ content: [block, text], refusal: null, x: [1] })]));
    expect(events).toEqual([
      { type: 'block', block, lifted: {} },
      { type: 'text-delta', text: '', fields: { thought_signature: 's' } },
      { type: 'message-field', name: 'refusal', value: null, lifted: {} },
      { type: 'message-field', name: 'x', value: [1], lifted: {} },
    ]);
  });

  it('may hold a picture, of which the file is told', () => {
    const block = { type: 'output_image', url: dataUrl(large) };
    const { events } = read(stream([chunk({ content: [block] })]), [999]);
    const token = 'nonce-0';
    expect(events).toEqual([
      {
        type: 'block',
        block: { type: 'output_image', url: token },
        lifted: {
          [token]: {
            hash: expect.any(String),
            writing: expect.any(Object),
            byteLength: large.length,
          },
        },
      },
    ]);
  });

  it('may hold pictures in several events, each under a name of its own', () => {
    const other = png(50_000);
    const chunks = [large, other].map((file) =>
      chunk({ content: [{ type: 'odd', data: dataUrl(file) }] }),
    );
    const lifted = read(stream(chunks)).events.flatMap((event) =>
      event.type === 'block' ? Object.entries(event.lifted) : [],
    );
    expect(lifted.map(([token]) => token)).toEqual(['nonce-0', 'nonce-1']);
    expect(lifted.map(([, { byteLength }]) => byteLength)).toEqual([large.length, other.length]);
  });

  it('may be of any type, where a text is usual', () => {
    const odd = { toString: 1 };
    const block = { type: odd, image_url: { url: odd } };
    const usage = { total_tokens: odd, prompt_tokens: '9', completion_tokens: 4, more: [1] };
    const { events } = read(stream([chunk({ content: [block] }, null, { usage })]));
    expect(events).toEqual([
      { type: 'block', block, lifted: {} },
      { type: 'usage', usage: { completion_tokens: 4, more: [1] } },
    ]);
    const broken = { type: odd, data: `${dataUrl(large)}*` };
    expect(kinds(stream([chunk({ content: [broken] })]))).toEqual(['unreadable']);
  });
});

describe('a whole answer', () => {
  const image = blockOf(dataUrl(large), signed);
  it.each([
    ['choices[].images', { message: { content: 'Hi' }, images: [image] }],
    ['message.images', { message: { content: 'Hi', images: [image] } }],
    ['message.content', { message: { content: [{ type: 'text', text: 'Hi' }, image] } }],
  ])('has its picture in %s', (_, choice) => {
    const answer = { choices: [{ ...choice, finish_reason: 'stop' }], usage: {} };
    for (const text of [JSON.stringify(answer), ` \n${JSON.stringify(answer, null, 2)}\n`]) {
      const { events, texts } = read(text, [5000]);
      expect(events).toEqual([
        { type: 'text-delta', text: 'Hi' },
        expect.objectContaining({ type: 'picture', block: blockOf('', signed) }),
        { type: 'finish', reason: 'stop' },
        { type: 'usage', usage: {} },
      ]);
      expect(texts).toEqual([dataUrl(large)]);
    }
  });

  it('may be an error, or nothing, or broken', () => {
    expect(kinds(JSON.stringify({ error: { message: 'x' } }))).toEqual(['error']);
    for (const body of ['null', '[]', '{}', '{"choices":[null,{}]}', '']) {
      expect(kinds(body)).toEqual([]);
    }
    expect(kinds('{"choices":[{"message":{"content":"a"')).toEqual(['unreadable']);
  });
});
