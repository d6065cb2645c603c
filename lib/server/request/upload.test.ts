import { describe, expect, it } from 'vitest';
import { ApiError } from '../../core/api-error';
import { catalogue } from '../../core/models/catalogue';
import { findModel } from '../../core/models/lookup';
import type { Model } from '../../core/models/model';
import { createSilenceWatch } from '../upstream';
import { readerOf } from './body-reader';
import { acceptUpload } from './upload';

const named = findModel(catalogue, 'turing/gpt-image-2') as Model;
const nameless: Model = {
  ...named,
  id: 'own/nameless',
  options: named.options.filter(({ name }) => name !== 'user'),
};

const field = (name: string, value: string) =>
  `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000', 'hex');
const file =
  '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n' +
  `Content-Type: image/png\r\n\r\n${png.toString('latin1')}\r\n`;
const prompt = field('prompt', 'p');
const user = field('user', 'Ann');

/** What an edit becomes on its way, in pieces of `size` bytes. */
async function accept(
  body: string,
  { models = [named, nameless], size = 1e9, signedIn = true } = {},
) {
  const bytes = Buffer.from(`${body}--B--\r\n`, 'latin1');
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) {
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      }
      controller.close();
    },
  });
  const watch = createSilenceWatch(1000, () => {});
  try {
    const upload = await acceptUpload({
      endpoint: 'edits',
      headers: new Headers({
        'content-type': 'multipart/form-data; boundary=B',
        'content-length': String(bytes.length),
      }),
      reader: readerOf({ body: stream }),
      models,
      ...(signedIn ? { user: 'Ann' } : {}),
      watch,
      events: {},
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of upload.body) chunks.push(chunk);
    const { contentLength: announced, userReplaced } = upload;
    return { body: Buffer.concat(chunks).toString('latin1'), announced, userReplaced };
  } catch (error) {
    if (error instanceof ApiError) return { error };
    throw error;
  } finally {
    watch.end();
  }
}

describe('the name of whoever is signed in, in an edit', () => {
  it.each([1, 7, 1e9])('goes to a model that takes it, in pieces of %i bytes', async (size) => {
    const sent = field('model', named.id) + prompt + file;
    const body = `${user}${sent}--B--\r\n`;
    expect(await accept(sent, { size })).toEqual({
      body,
      announced: body.length,
      userReplaced: false,
    });
  });

  it.each([1, 7, 1e9])('goes to no model that takes none, in pieces of %i bytes', async (size) => {
    const sent = prompt + field('model', nameless.id) + file;
    const body = `${sent}--B--\r\n`;
    expect(await accept(sent, { size })).toEqual({
      body,
      announced: body.length,
      userReplaced: false,
    });
  });

  it('may depend on model, which then has to come before the first file', async () => {
    for (const { id } of [named, nameless]) {
      const { error } = await accept(prompt + file + field('model', id));
      expect(error).toMatchObject({ status: 400, code: 'invalid_value', param: 'model' });
      expect(error?.message).toMatch(/Send the field model before the first file/);
    }
  });

  it('does not depend on where model stands if all models are alike', async () => {
    const late = (id: string) => prompt + file + field('model', id);
    const all = await accept(late(named.id), { models: [named] });
    expect(all.body).toBe(`${user}${late(named.id)}--B--\r\n`);
    const none = await accept(late(nameless.id), { models: [nameless] });
    expect(none.body).toBe(`${late(nameless.id)}--B--\r\n`);
  });
});

describe('a safety_identifier, where the models file lets an edit have one', () => {
  const identified: Model = { ...named, id: 'own/identified', extraFields: ['safety_identifier'] };
  const models = [named, identified];
  const model = field('model', identified.id);
  const boss = field('safety_identifier', 'boss');

  it.each([1, 7, 1e9])(
    'is the name of whoever is signed in, in pieces of %i bytes',
    async (size) => {
      const sent = model + boss + prompt + file;
      const body = `${field('safety_identifier', 'Ann')}${user}${model}${prompt}${file}--B--\r\n`;
      const expected = { body, announced: body.length, userReplaced: true };
      expect(await accept(sent, { models, size })).toEqual(expected);
    },
  );

  it('stays the client’s where nobody signs in', async () => {
    const sent = model + boss + prompt + file;
    const { body, userReplaced } = await accept(sent, { models, signedIn: false });
    expect([body, userReplaced]).toEqual([`${sent}--B--\r\n`, false]);
  });

  it.each([
    ['for a model that takes none', field('model', named.id) + boss + prompt + file],
    ['twice', model + boss + boss + prompt + file],
    ['after the first file', model + prompt + file + boss],
    ['before a model that comes after the first file', boss + prompt + file + model],
  ])('is refused %s', async (_, sent) => {
    const { error } = await accept(sent, { models });
    expect(error).toMatchObject({ status: 400, safeToRepeat: true });
    expect(error?.message).toContain('safety_identifier');
  });
});

describe('what a form need not have', () => {
  const model = field('model', named.id);
  const emptyMask =
    '--B\r\nContent-Disposition: form-data; name="mask"; filename=""\r\n' +
    'Content-Type: application/octet-stream\r\n\r\n\r\n';
  const spare =
    field('quality', '') + emptyMask + field('n', 'null') + field('mask', '') + field('x', '');

  it.each([1, 7, 1e9])('does not go, in pieces of %i bytes', async (size) => {
    const body = `${model}${prompt}${file}--B--\r\n`;
    for (const sent of [spare + model + prompt + file, model + spare + prompt + spare + file]) {
      expect(await accept(sent, { size, signedIn: false })).toEqual({
        body,
        announced: body.length,
        userReplaced: false,
      });
    }
  });

  it.each([
    ['quality', field('quality', '')],
    ['n', field('n', 'null')],
    ['mask', emptyMask],
  ])('cannot come after the first file: %s', async (param, part) => {
    const { error } = await accept(model + prompt + file + part, { signedIn: false });
    expect(error).toMatchObject({ status: 400, code: 'invalid_value', param });
    expect(error?.message).toMatch(/before the first file/);
  });

  it('is not a prompt, nor the picture', async () => {
    const { error } = await accept(model + field('prompt', '') + file, { signedIn: false });
    expect(error).toMatchObject({ param: 'prompt' });
    const noPicture = emptyMask.replace('mask', 'image');
    const refused = await accept(model + prompt + noPicture, { signedIn: false });
    expect(refused.error).toMatchObject({ param: 'image' });
    const word = model + field('prompt', 'null') + file;
    expect((await accept(word, { signedIn: false })).body).toBe(`${word}--B--\r\n`);
  });
});

describe("a client's own user", () => {
  const model = field('model', named.id);

  it('is replaced where somebody has signed in', async () => {
    for (const sent of [field('user', 'boss') + model, model + field('user', 'boss')]) {
      const body = `${user}${model}${prompt}${file}--B--\r\n`;
      expect(await accept(sent + prompt + file)).toEqual({
        body,
        announced: body.length,
        userReplaced: true,
      });
    }
    const late = await accept(model + prompt + file + field('user', 'boss'));
    expect(late.error).toMatchObject({ status: 400, param: 'user' });
  });

  it('stays where nobody has', async () => {
    const sent = model + field('user', 'boss') + prompt + file;
    expect((await accept(sent, { signedIn: false })).body).toBe(`${sent}--B--\r\n`);
  });
});

describe('a form', () => {
  it('without a file is refused before upstream is asked', async () => {
    const { error } = await accept(field('model', named.id) + prompt);
    expect(error).toMatchObject({ code: 'missing_parameter', param: 'image' });
  });

  it('has at most 1 MB before its first file', async () => {
    const many = Array.from({ length: 6 }, (_, n) => field(`x${n}`, 'x'.repeat(200_000))).join('');
    expect((await accept(many + file, { size: 65_536 })).error).toMatchObject({
      status: 413,
      code: 'request_too_large',
    });
  });
});
