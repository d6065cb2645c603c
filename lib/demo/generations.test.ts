import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../core/models/catalogue';
import {
  decode,
  meanColour,
  models,
  post,
  readError,
  readPictures,
  startDemo,
} from './demo-client';

const generate = async (fields: Record<string, unknown>, gateway = startDemo()) =>
  readPictures(
    await post(gateway, '/images/generations', {
      model: models.free.id,
      prompt: 'a quiet lake',
      size: '1024x640',
      ...fields,
    }),
  );

describe('generations', () => {
  it('draws the size and format asked for', async () => {
    const { pictures } = await generate({ output_format: 'jpeg', size: '1280x720' });
    const { format, width, height } = await sharp(pictures[0]).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1280, height: 720 });
  });

  it('draws PNG without alpha in a sensible size when nothing is asked', async () => {
    const { pictures } = await generate({ size: undefined });
    const { format, width, height, hasAlpha } = await sharp(pictures[0]).metadata();
    expect({ format, hasAlpha }).toEqual({ format: 'png', hasAlpha: false });
    expect([width, height]).toEqual([1024, 1024]);
  });

  it('takes sizes that no list has, down to a single pixel', async () => {
    const { pictures } = await generate({ model: models.batch.id, size: '1x3' });
    expect(await decode(pictures[0] as Buffer)).toMatchObject({ width: 1, height: 3 });
  });

  it('refuses to draw what would fill the memory', async () => {
    const body = { model: models.batch.id, prompt: 'all of it', size: '99999x99999' };
    const error = await readError(await post(startDemo(), '/images/generations', body));
    expect(error).toMatchObject({ status: 400, code: 'invalid_value', param: 'size' });
  });

  it('draws the same for the same request, something else for each of n and for other prompts', async () => {
    const [one, again, other] = await Promise.all([
      generate({ n: 3 }),
      generate({ n: 3 }),
      generate({ prompt: 'a loud lake' }),
    ]);
    expect(one.pictures).toHaveLength(3);
    const encoded = ({ pictures }: { pictures: Buffer[] }) =>
      pictures.map((bytes) => bytes.toString('base64'));
    expect(encoded(again)).toEqual(encoded(one));
    expect(new Set([...encoded(one), ...encoded(other)]).size).toBe(4);
  });

  it.each([
    ['a red apple', 'red'],
    ['一辆红色的汽车', 'red'],
    ['a green meadow', 'green'],
    ['绿色的茶', 'green'],
    ['a blue whale', 'blue'],
    ['蓝天', 'blue'],
  ] as const)('lets the colour of "%s" lead', async (prompt, channel) => {
    const { pictures } = await generate({ prompt, n: 2 });
    for (const picture of pictures) {
      const mean = await meanColour(picture);
      const others = Object.entries(mean).filter(([name]) => name !== channel);
      for (const [, value] of others) expect(mean[channel]).toBeGreaterThan(value + 20);
    }
  });

  it('tells black from white', async () => {
    const [black, white] = await Promise.all([
      generate({ prompt: 'a black cat' }),
      generate({ prompt: '白色的猫' }),
    ]);
    const [dark, light] = await Promise.all(
      [black, white].map(({ pictures }) => meanColour(pictures[0] as Buffer)),
    );
    expect(dark?.green).toBeLessThan(90);
    expect(light?.green).toBeGreaterThan(170);
  });

  it('leaves nothing round the subject of a transparent picture', async () => {
    const { pictures } = await generate({ background: 'transparent', n: 3 });
    for (const picture of pictures) {
      const { rgba, width, height } = await decode(picture);
      const alpha = (x: number, y: number) => rgba[(y * width + x) * 4 + 3];
      expect(alpha(width >> 1, height >> 1)).toBe(255);
      for (const [x, y] of [
        [0, 0],
        [width - 1, 0],
        [0, height - 1],
        [width - 1, height - 1],
      ] as const) {
        expect(alpha(x, y)).toBe(0);
      }
      const open = rgba.filter((_, at) => at % 4 === 3).filter((value) => value === 0).length;
      expect(open / (width * height)).toBeGreaterThan(0.3);
    }
  });

  it('makes smaller JPEG files of more compression', async () => {
    const files = await Promise.all(
      [undefined, 60, 0].map(async (output_compression) => {
        const { pictures } = await generate({ output_format: 'jpeg', output_compression });
        return pictures[0]?.length ?? 0;
      }),
    );
    const [whole = 0, middle = 0, least = 0] = files;
    expect(whole).toBeGreaterThan(middle);
    expect(middle).toBeGreaterThan(least);
  });

  it('takes the quality auto for its default', async () => {
    const [automatic, plain] = await Promise.all([generate({ quality: 'auto' }), generate({})]);
    expect(automatic.pictures[0]?.equals(plain.pictures[0] as Buffer)).toBe(true);
    expect(automatic.answer.usage).toEqual(plain.answer.usage);
  });

  it('draws less for low quality, and counts fewer tokens', async () => {
    const [low, high] = await Promise.all([generate({ quality: 'low' }), generate({})]);
    expect(low.pictures[0]?.equals(high.pictures[0] ?? Buffer.of())).toBe(false);
    expect(low.answer.usage?.output_tokens).toBeLessThan(high.answer.usage?.output_tokens ?? 0);
  });

  it('counts tokens that add up', async () => {
    const { answer } = await generate({ n: 2 });
    const { answer: single } = await generate({});
    const { input_tokens, input_tokens_details, output_tokens, total_tokens } = answer.usage ?? {};
    const { text_tokens = 0, image_tokens = 0 } = input_tokens_details ?? {};
    expect(text_tokens).toBeGreaterThan(0);
    expect(image_tokens).toBe(0);
    expect(input_tokens).toBe(text_tokens + image_tokens);
    expect(total_tokens).toBe((input_tokens ?? 0) + (output_tokens ?? 0));
    expect(output_tokens).toBe(2 * (single.usage?.output_tokens ?? Number.NaN));
    expect(answer.created).toBe(1_790_000_000);
  });

  it.each([
    [{ n: 3 }, 3],
    [{ n: 3, sequential_image_generation: 'disabled' }, 1],
    [{ n: 4, sequential_image_generation: 'auto' }, 4],
    [
      {
        sequential_image_generation: 'auto',
        sequential_image_generation_options: { max_images: 5 },
      },
      5,
    ],
    [
      {
        n: 2,
        sequential_image_generation: 'auto',
        sequential_image_generation_options: { max_images: 3 },
      },
      3,
    ],
    [{ sequential_image_generation_options: { max_images: 5 } }, 1],
    [{}, 1],
  ])('turns %j into a batch of %i', async (fields, count) => {
    const { pictures } = await generate({ model: models.batch.id, size: '320x200', ...fields });
    expect(pictures).toHaveLength(count);
  });

  it('answers for every model that the catalogue has here', async () => {
    for (const { id } of catalogue.filter(({ endpoints }) => endpoints.includes('generations'))) {
      const { pictures } = await generate({ model: id, size: '1024x1024' });
      expect(await decode(pictures[0] as Buffer)).toMatchObject({ width: 1024, height: 1024 });
    }
  });

  it('draws 4K', async () => {
    const { pictures } = await generate({ size: '3840x2160', prompt: 'a city at night' });
    expect(await sharp(pictures[0]).metadata()).toMatchObject({ width: 3840, height: 2160 });
  });
});

describe('checks of generations', () => {
  it.each([
    [{ model: undefined }, 'missing_parameter', 'model'],
    [{ model: 'dall-e-9' }, 'model_not_found', 'model'],
    [{ model: models.content.id }, 'invalid_value', 'model'],
    [{ prompt: undefined }, 'missing_parameter', 'prompt'],
    [{ prompt: 'x'.repeat(32_001) }, 'invalid_value', 'prompt'],
    [{ n: 11 }, 'invalid_value', 'n'],
    [{ size: '1000x1000' }, 'invalid_value', 'size'],
    [{ size: '3840x1024' }, 'invalid_value', 'size'],
    [{ output_format: 'webp' }, 'invalid_value', 'output_format'],
    [{ output_compression: 50 }, 'invalid_value', 'output_compression'],
    [{ background: 'transparent', output_format: 'jpeg' }, 'invalid_value', 'background'],
    [{ response_format: 'url' }, 'invalid_value', 'response_format'],
    [{ style: 'vivid' }, 'unknown_parameter', 'style'],
  ])('refuses %j with 400 %s', async (fields, code, param) => {
    const body = { model: models.free.id, prompt: 'x', ...fields };
    const error = await readError(await post(startDemo(), '/images/generations', body));
    expect(error).toMatchObject({ status: 400, code, param, type: 'invalid_request_error' });
    expect(error.message).not.toBe('');
  });

  it('refuses a body over 1 MB and one that is no JSON', async () => {
    const huge = { model: models.free.id, prompt: 'x'.repeat(1024 * 1024) };
    const error = await readError(await post(startDemo(), '/images/generations', huge));
    expect(error).toMatchObject({ status: 413, code: 'request_too_large' });

    const request = new Request('http://demo.test/images/generations', {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"model":',
    });
    const broken = await readError(await startDemo().fetch(request));
    expect(broken).toMatchObject({ status: 400, code: 'invalid_json' });
  });
});
