import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  decode,
  meanColour,
  models,
  post,
  readError,
  readPictures,
  startDemo,
} from './demo-client';
import { seededRandom } from './painting/random';

interface Parts {
  fields?: Record<string, string>;
  images?: Buffer[];
  mask?: Buffer;
  imageName?: string;
}

function form({ fields = {}, images = [], mask, imageName = 'image[]' }: Parts): FormData {
  const data = new FormData();
  const all = { model: models.free.id, prompt: 'make it green', size: '1024x768', ...fields };
  for (const [name, value] of Object.entries(all)) data.append(name, value);
  const file = (bytes: Buffer) => new Blob([new Uint8Array(bytes)]);
  for (const bytes of images)
    data.append(images.length > 1 ? imageName : 'image', file(bytes), 'a.png');
  if (mask) data.append('mask', file(mask), 'mask.png');
  return data;
}

const edit = async (parts: Parts) =>
  readPictures(await post(startDemo(), '/images/edits', form(parts)));
const refused = async (parts: Parts) =>
  readError(await post(startDemo(), '/images/edits', form(parts)));

/** Noise in every channel, alpha too: whatever changes a pixel shows. */
function noise(
  width: number,
  height: number,
  alpha?: (x: number, y: number) => number,
): Promise<Buffer> {
  const random = seededRandom('noise');
  const rgba = Buffer.alloc(width * height * 4);
  for (let at = 0; at < rgba.length; at++) rgba[at] = random.between(0, 256);
  for (let pixel = 0; alpha && pixel < width * height; pixel++) {
    rgba[pixel * 4 + 3] = alpha(pixel % width, Math.floor(pixel / width));
  }
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** The pixels of the first columns. */
const leftOf = (bytes: Buffer, width: number) =>
  sharp(bytes).extract({ left: 0, top: 0, width, height: 768 }).ensureAlpha().raw().toBuffer();

const plain = (colour: string, width = 640, height = 480, format: 'png' | 'jpeg' = 'png') =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer();

describe('edits of one picture', () => {
  it('changes it visibly towards the colour of the prompt', async () => {
    const input = await plain('#888888', 1024, 768);
    const { pictures, answer } = await edit({ images: [input] });
    const picture = pictures[0] as Buffer;
    expect(await decode(picture)).toMatchObject({ width: 1024, height: 768 });
    const { red, green, blue } = await meanColour(picture);
    expect(green).toBeGreaterThan(Math.max(red, blue) + 15);
    expect(answer.usage?.input_tokens_details?.image_tokens).toBeGreaterThan(0);
  });

  it('keeps what it shows: the left half stays darker than the right', async () => {
    const left = await plain('#202020', 512, 768);
    const right = await plain('#e0e0e0', 512, 768);
    const input = await sharp(left)
      .extend({ right: 512 })
      .composite([{ input: right, left: 512, top: 0 }])
      .png()
      .toBuffer();
    const { pictures } = await edit({ images: [input], fields: { input_fidelity: 'high' } });
    const half = async (start: number) =>
      meanColour(
        await sharp(pictures[0])
          .extract({ left: start, top: 300, width: 500, height: 150 })
          .png()
          .toBuffer(),
      );
    const [dark, light] = [await half(0), await half(520)];
    expect(light.green - dark.green).toBeGreaterThan(60);
  });

  it('is the same for the same request and another picture for each of n', async () => {
    const images = [await plain('#4477aa')];
    const [one, again] = await Promise.all([
      edit({ images, fields: { n: '2' } }),
      edit({ images, fields: { n: '2' } }),
    ]);
    const encoded = ({ pictures }: { pictures: Buffer[] }) =>
      pictures.map((bytes) => bytes.toString('base64'));
    expect(encoded(again)).toEqual(encoded(one));
    expect(new Set(encoded(one)).size).toBe(2);
  });

  it.each([
    ['legal', 1280, 720, 1280, 720],
    ['too small', 400, 300, 928, 704],
    ['too large', 4800, 3600, 3312, 2496],
  ])('takes its size for auto where it is %s', async (_, width, height, ...expected) => {
    const { pictures } = await edit({
      images: [await plain('#4477aa', width, height, 'jpeg')],
      fields: { size: 'auto' },
    });
    const { width: across, height: down } = await sharp(pictures[0]).metadata();
    const [wide = 0, high = 0] = expected;
    if (width === wide) expect([across, down]).toEqual([wide, high]);
    expect(across / down).toBeCloseTo(width / height, 1);
  });

  it('turns a photograph as its EXIF orientation says', async () => {
    const input = await sharp(await plain('#4477aa', 1280, 720, 'jpeg'))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { pictures } = await edit({ images: [input], fields: { size: 'auto' } });
    expect(await sharp(pictures[0]).metadata()).toMatchObject({ width: 720, height: 1280 });
  });

  it('keeps transparency, and makes some on request', async () => {
    const round = await sharp(await noise(1024, 768, (x) => (x < 512 ? 0 : 255)))
      .png()
      .toBuffer();
    const kept = await decode((await edit({ images: [round] })).pictures[0] as Buffer);
    expect(kept.rgba[3]).toBe(0);
    const opaque = await plain('#4477aa', 1024, 768);
    const fields = { background: 'transparent' };
    const cut = await decode((await edit({ images: [opaque], fields })).pictures[0] as Buffer);
    expect(cut.rgba[3]).toBe(0);
    expect(cut.rgba[(384 * 1024 + 512) * 4 + 3]).toBe(255);
  });
});

describe('edits of several pictures', () => {
  it.each(['image[]', 'image'])('shows all of them in one, sent as %s', async (imageName) => {
    const colours = ['#ff0000', '#00ff00', '#0000ff', '#ffff00', '#00ffff'];
    const images = await Promise.all(colours.map((colour) => plain(colour)));
    const { pictures } = await edit({ images, imageName, fields: { prompt: 'a grey basket' } });
    expect(pictures).toHaveLength(1);
    const { rgba, width, height } = await decode(pictures[0] as Buffer);
    for (const colour of colours) {
      const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      let found = 0;
      for (let at = 0; at < rgba.length; at += 4) {
        if (wanted.every((value, channel) => rgba[at + channel] === value)) found++;
      }
      expect(found / (width * height), colour).toBeGreaterThan(0.03);
    }
  });

  it('takes as many as the catalogue allows, and no more', async () => {
    const most = models.free.references?.max ?? 0;
    const images = Array.from({ length: most }, () => plain('#4477aa', 64, 64));
    const all = await Promise.all(images);
    expect((await edit({ images: all })).pictures).toHaveLength(1);
    const error = await refused({ images: [...all, ...all.slice(0, 1)] });
    expect(error).toMatchObject({ status: 400, code: 'invalid_value', param: 'image' });
  });
});

describe('edits with a mask', () => {
  const size = '1024x768';

  it('keeps every byte outside, repaints inside, mixes between', async () => {
    const input = await noise(1024, 768);
    const mask = await noise(1024, 768, (x) => (x < 400 ? 255 : x < 600 ? 128 : 0));
    const { pictures } = await edit({ images: [input], mask, fields: { size } });
    const [before, after] = await Promise.all([decode(input), decode(pictures[0] as Buffer)]);
    let [outside, inside, between] = [0, 0, 0];
    for (let at = 0; at < before.rgba.length; at += 4) {
      const x = (at / 4) % 1024;
      const isSame = before.rgba.compare(after.rgba, at, at + 4, at, at + 4) === 0;
      if (!isSame && x < 400) outside++;
      if (isSame && x >= 600) inside++;
      if (isSame && x >= 400 && x < 600) between++;
    }
    expect(outside).toBe(0);
    expect(inside / (424 * 768)).toBeLessThan(0.01);
    expect(between / (200 * 768)).toBeLessThan(0.01);
  });

  it('repaints differently for each of n and keeps the rest of both', async () => {
    const input = await noise(1024, 768, () => 255);
    const mask = await noise(1024, 768, (x) => (x < 500 ? 255 : 0));
    const { pictures } = await edit({ images: [input], mask, fields: { size, n: '2' } });
    const [one = input, other = input] = pictures;
    const [before, left, right] = await Promise.all(
      [input, one, other].map((bytes) => leftOf(bytes, 500)),
    );
    expect(before?.equals(left ?? Buffer.of())).toBe(true);
    expect(before?.equals(right ?? Buffer.of())).toBe(true);
    expect(one.equals(other)).toBe(false);
  });

  it('changes nothing where the mask has no opening', async () => {
    const input = await noise(1024, 768);
    const mask = await noise(1024, 768, () => 255);
    const { pictures } = await edit({ images: [input], mask, fields: { size } });
    const [before, after] = await Promise.all([decode(input), decode(pictures[0] as Buffer)]);
    expect(after.rgba.equals(before.rgba)).toBe(true);
  });

  it('scales picture and mask alike where the output has another size', async () => {
    const input = await plain('#0000ff', 512, 384);
    const mask = await noise(512, 384, (x) => (x < 256 ? 255 : 0));
    const fields = { size, prompt: 'red' };
    const { pictures } = await edit({ images: [input], mask, fields });
    const { rgba } = await decode(pictures[0] as Buffer);
    const pixel = (x: number) => [...rgba.subarray((384 * 1024 + x) * 4, (384 * 1024 + x) * 4 + 3)];
    expect(pixel(200)).toEqual([0, 0, 255]);
    expect(pixel(800)[0]).toBeGreaterThan(100);
  });

  it.each(['high', 'low'])(
    'works with input_fidelity %s and further pictures',
    async (input_fidelity) => {
      const images = await Promise.all([plain('#0000ff', 1024, 768), plain('#ffff00')]);
      const mask = await noise(1024, 768, (x) => (x < 500 ? 255 : 0));
      const { pictures } = await edit({ images, mask, fields: { size, input_fidelity } });
      const { rgba } = await decode(pictures[0] as Buffer);
      expect([...rgba.subarray(0, 4)]).toEqual([0, 0, 255, 255]);
    },
  );

  it('refuses one of another type or size', async () => {
    const images = [await plain('#0000ff', 512, 384)];
    const jpeg = await plain('#ffffff', 512, 384, 'jpeg');
    expect(await refused({ images, mask: jpeg })).toMatchObject({
      status: 400,
      code: 'invalid_value',
      param: 'mask',
    });
    const small = await plain('#ffffff', 512, 383);
    const error = await refused({ images, mask: small });
    expect(error).toMatchObject({ status: 400, code: 'invalid_value', param: 'mask' });
    expect(error.message).toContain('512x384');
  });
});

describe('checks of edits', () => {
  it('judges files by their first bytes', async () => {
    const gif = Buffer.from('GIF89a...............');
    expect(await refused({ images: [gif] })).toMatchObject({
      status: 400,
      code: 'invalid_value',
      param: 'image',
    });
    expect(await refused({ images: [Buffer.from('<svg/>')] })).toMatchObject({
      status: 400,
      param: 'image',
    });
    expect(await refused({ images: [Buffer.of()] })).toMatchObject({ status: 400, param: 'image' });
  });

  it('refuses a picture that breaks off, first or later', async () => {
    const whole = await noise(256, 256);
    const half = whole.subarray(0, whole.length / 2);
    for (const images of [[half], [whole, half]]) {
      expect(await refused({ images })).toMatchObject({
        status: 400,
        code: 'invalid_value',
        param: 'image',
      });
    }
    const mask = (await noise(256, 256)).subarray(0, 2000);
    expect(await refused({ images: [whole], mask })).toMatchObject({ status: 400, param: 'mask' });
  });

  it('refuses a pixel bomb by its header', async () => {
    const bomb = Buffer.from(await plain('#ffffff', 8, 8));
    bomb.writeUInt32BE(40_000, 16);
    bomb.writeUInt32BE(40_000, 20);
    const error = await refused({ images: [bomb] });
    expect(error).toMatchObject({ status: 400, code: 'invalid_value', param: 'image' });
    expect(error.message).toContain('40000x40000');
  });

  it.each([
    [{ n: 'two' }, 'n'],
    [{ quality: 'best' }, 'quality'],
    [{ model: models.batch.id }, 'model'],
    [{ model: models.listed.id, size: '640x640' }, 'size'],
  ])('refuses the field %j', async (fields, param) => {
    const images = [await plain('#ffffff', 8, 8)];
    expect(await refused({ images, fields })).toMatchObject({ status: 400, param });
  });

  it('asks for a picture', async () => {
    expect(await refused({})).toMatchObject({
      status: 400,
      code: 'missing_parameter',
      param: 'image',
    });
  });
});
