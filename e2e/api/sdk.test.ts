import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppServer, apiKey, freePort, startApp, until } from '../app-server';

// Every example of the gateway's page, through the official SDK, against the app in both of its
// modes and against the demo gateway alone.
const targets = {
  'the app in demo mode': () => `${apps.demo?.url}/api/v1`,
  'the app in front of a gateway': () => `${apps.gateway?.url}/api/v1`,
  'the demo gateway alone': () => gatewayUrl,
};
const apps: Record<string, AppServer> = {};
let gatewayUrl: string;
let gateway: ChildProcess;

beforeAll(async () => {
  const port = await freePort();
  gatewayUrl = `http://127.0.0.1:${port}/api/v1`;
  gateway = spawn(process.execPath, ['scripts/demo-gateway.mjs'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, PORT: String(port), DEMO_LATENCY_MS: '50' },
  });
  apps.demo = await startApp({ DEMO_LATENCY_MS: '50' });
  apps.gateway = await startApp({ TURING_BASE_URL: gatewayUrl, TURING_API_KEY: apiKey });
  const hasStarted = () =>
    fetch(new URL('/counts', gatewayUrl)).then(
      () => true,
      () => false,
    );
  await until(hasStarted);
});
afterAll(async () => {
  for (const app of Object.values(apps)) await app.stop();
  gateway.kill();
});

async function inspect(base64: string | undefined) {
  const bytes = Buffer.from(base64 ?? '', 'base64');
  const { format, width, height, channels } = await sharp(bytes).metadata();
  return { bytes, format, size: `${width}x${height}`, channels };
}

const solid = async (background: string, width = 512, height = 512) =>
  toFile(
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
    `${background}.png`,
    { type: 'image/png' },
  );

type Block = { type: string; text?: string; image_url?: { url: string } };

for (const [name, baseURL] of Object.entries(targets)) {
  describe(name, () => {
    let client: OpenAI;
    beforeAll(() => {
      client = new OpenAI({ apiKey: 'any', baseURL: baseURL(), maxRetries: 0 });
    });

    test('generates with Seedream', async () => {
      const answer = await client.images.generate({
        prompt: 'a futuristic city with flying cars and neon lights',
        model: 'doubao-seedream-4-5-251128',
        n: 1,
        size: '1024x1024',
      });
      expect(await inspect(answer.data?.[0]?.b64_json)).toMatchObject({ size: '1024x1024' });
    });

    test('turns n into a Seedream batch of different pictures', async () => {
      const answer = await client.images.generate({
        model: 'doubao-seedream-4-5-251128',
        prompt: 'three harbours',
        n: 3,
        size: '1024x1024',
      });
      const pictures = (answer.data ?? []).map((item) => item.b64_json);
      expect(new Set(pictures).size).toBe(3);
    });

    test('generates with GPT-image-2, 4K and transparent too', async () => {
      const model = 'turing/gpt-image-2';
      const bear = await client.images.generate({
        model,
        prompt: 'a close-up of a bear walking through a misty forest at dawn',
        n: 1,
        size: '1536x1024',
        quality: 'high',
        output_format: 'png',
      });
      const { usage } = bear;
      expect(await inspect(bear.data?.[0]?.b64_json)).toMatchObject({
        format: 'png',
        size: '1536x1024',
      });
      expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0));

      // The SDK's types do not know sizes beyond OpenAI's own list.
      const size = '3840x2160' as '1024x1024';
      const tokyo = await client.images.generate({
        model,
        prompt: 'cyberpunk Tokyo street, neon reflections on wet asphalt, 4k cinematic',
        size,
        quality: 'high',
      });
      expect(await inspect(tokyo.data?.[0]?.b64_json)).toMatchObject({ size: '3840x2160' });

      const leaf = await client.images.generate({
        model,
        prompt: 'a single red maple leaf, isolated',
        size: '1024x1024',
        background: 'transparent',
        output_format: 'png',
      });
      const { bytes } = await inspect(leaf.data?.[0]?.b64_json);
      const { channels, isOpaque } = await sharp(bytes).stats();
      expect(isOpaque).toBe(false);
      expect(channels[3]?.max).toBe(255);
    });

    test('edits one picture, several, and with a mask', async () => {
      const model = 'turing/gpt-image-2';
      const one = await client.images.edit({
        model,
        n: 1,
        size: '1024x1024',
        image: await solid('teal'),
        prompt: '将瓶子的颜色替换为蓝色',
      });
      expect(await inspect(one.data?.[0]?.b64_json)).toMatchObject({ size: '1024x1024' });

      const several = await client.images.edit({
        model,
        n: 1,
        size: '1024x1024',
        image: await Promise.all(['red', 'green', 'blue', 'orange'].map((c) => solid(c))),
        prompt: 'a gift basket containing all the items in the reference pictures',
      });
      expect(await inspect(several.data?.[0]?.b64_json)).toMatchObject({ size: '1024x1024' });

      const hole = await sharp({
        create: { width: 1024, height: 1024, channels: 4, background: '#000f' },
      })
        .composite([
          {
            input: { create: { width: 512, height: 1024, channels: 4, background: '#ffff' } },
            left: 0,
            top: 0,
            blend: 'dest-out',
          },
        ])
        .png()
        .toBuffer();
      const masked = await client.images.edit({
        model,
        image: await solid('purple', 1024, 1024),
        mask: await toFile(hole, 'mask.png', { type: 'image/png' }),
        size: '1024x1024',
        prompt: '在透明区域添加一只橘猫',
      });
      const { bytes } = await inspect(masked.data?.[0]?.b64_json);
      // Statistics are taken of the input, so the half has to become one first.
      const half = await sharp(bytes)
        .extract({ left: 512, top: 0, width: 512, height: 1024 })
        .removeAlpha()
        .png()
        .toBuffer();
      const kept = await sharp(half).stats();
      expect(kept.channels.map(({ min, max }) => [min, max])).toEqual([
        [128, 128],
        [0, 0],
        [128, 128],
      ]);
    });

    test('streams a chat with its picture in the images field', async () => {
      const stream = await client.chat.completions.create({
        model: 'turing/gemini-3-pro-image',
        stream: true,
        messages: [
          { role: 'system', content: 'You are a helpful assistant.' },
          { role: 'user', content: 'Generate a Banana with saying hello' },
        ],
        modalities: ['text', 'image'] as unknown as ['text'],
        imageConfig: {
          aspectRatio: '1:1',
          imageSize: '1K',
          imageOutputOptions: { mimeType: 'image/jpeg', compressionQuality: 95 },
        },
      } as OpenAI.ChatCompletionCreateParamsStreaming);
      let text = '';
      const pictures: string[] = [];
      for await (const chunk of stream) {
        const delta = chunk.choices[0]?.delta as
          | { content?: unknown; images?: Block[] }
          | undefined;
        if (typeof delta?.content === 'string') text += delta.content;
        for (const block of delta?.images ?? []) pictures.push(block.image_url?.url ?? '');
      }
      expect(text).not.toBe('');
      expect(pictures).toHaveLength(1);
      const base64 = pictures[0]?.replace(/^data:[^,]*,/, '');
      expect(await inspect(base64)).toMatchObject({ format: 'jpeg', size: '1024x1024' });
    });

    test('answers whole, with ratio and resolution, and goes on from the picture', async () => {
      const model = 'turing/gemini-2.5-flash-image';
      const create = (messages: unknown[], aspectRatio: string) =>
        client.chat.completions.create({
          model,
          stream: false,
          messages,
          imageConfig: { aspectRatio, imageSize: '1K' },
        } as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming);
      const first = await create([{ role: 'user', content: 'Please draw me a dog' }], '16:9');
      const message = first.choices[0]?.message as unknown as { content: Block[] };
      const url = message.content.find((block) => block.type === 'image_url')?.image_url?.url;
      const dog = await inspect(url?.replace(/^data:[^,]*,/, ''));
      expect(dog.size).toBe('1344x768');
      expect(first.usage?.completion_tokens).toBeGreaterThanOrEqual(1290);

      const second = await create(
        [
          { role: 'user', content: [{ type: 'text', text: 'Please draw me a dog' }] },
          { role: 'assistant', content: message.content },
          { role: 'user', content: [{ type: 'text', text: 'Add a hat on the dog' }] },
        ],
        '16:9',
      );
      const next = second.choices[0]?.message as unknown as { content: Block[] };
      const changed = next.content.find((block) => block.type === 'image_url')?.image_url?.url;
      expect(changed).not.toBe(url);
    });

    test('refuses with the rule that was broken, once', async () => {
      const wrong = client.images.generate({
        model: 'turing/gpt-image-2',
        prompt: 'p',
        size: '4096x4096' as '1024x1024',
      });
      await expect(wrong).rejects.toMatchObject({
        status: 400,
        code: 'invalid_value',
        param: 'size',
      });
      const filtered = client.images.generate({
        model: 'turing/gpt-image-2',
        prompt: 'p [prompt-refused]',
      });
      await expect(filtered).rejects.toMatchObject({ status: 400, code: 'contentFilter' });
    });
  });
}

const demoClient = () => new OpenAI({ apiKey, baseURL: `${apps.demo?.url}/api/v1`, maxRetries: 0 });

test('the README’s function finds the pictures of each Gemini, streamed or not', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, text = ''] = readme.split('<!-- example: pictures.ts -->')[1]?.split(/```(?:ts)?/) ?? [];
  const { code } = await transformWithOxc(text, 'pictures.ts');
  const pictures: (choice: unknown) => string[] = new Function(`${code}; return pictures`)();
  const client = demoClient();
  const messages = [{ role: 'user' as const, content: 'a bear' }];
  for (const model of ['turing/gemini-2.5-flash-image', 'turing/gemini-3-pro-image']) {
    const whole = await client.chat.completions.create({ model, messages });
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    const streamed: string[] = [];
    for await (const { choices } of stream) streamed.push(...choices.flatMap(pictures));
    for (const found of [whole.choices.flatMap(pictures), streamed]) {
      expect(found).toHaveLength(1);
      expect((await inspect(found[0]?.split(',').at(-1))).size).toBe('1024x1024');
    }
  }
});

test('what clients send by default is taken', async () => {
  const { data } = await demoClient().images.generate({
    model: 'turing/gpt-image-2',
    prompt: 'a cat',
    size: '1024x1024',
    quality: 'auto',
    user: null as unknown as string,
    style: null,
  });
  expect(data).toHaveLength(1);
});

test('lists the models', async () => {
  const { data } = await demoClient().models.list();
  expect(data).toHaveLength(7);
  const model = await demoClient().models.retrieve('turing/gpt-image-2');
  expect(data).toContainEqual(expect.objectContaining({ ...model }));
});
