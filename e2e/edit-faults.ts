import sharp from 'sharp';
import { type Fault, jsonType } from './fault-kit';
import { partsOf } from './multipart-parts';

// Answers to edits whose pictures are made of what was sent, changed in known ways.

/** How much of the width `edit-left-eighth` turns into its negative, whatever the mask says. */
export const changedWidth = 1 / 8;

const answerWith =
  (change: (image: Buffer) => Promise<Buffer>): Fault =>
  async ({ request, response, body }) => {
    const parts = partsOf({ body, headers: request.headers });
    const image = parts.find(({ name }) => name === 'image')?.bytes ?? Buffer.alloc(0);
    const data = [{ b64_json: (await change(image)).toString('base64') }];
    response.writeHead(200, jsonType).end(JSON.stringify({ created: 1, data }));
  };

/** Good answers with pictures that are not quite what was asked for. */
export const editFaults: Record<string, Fault> = {
  'edit-left-eighth': answerWith(async (image) => {
    const { width, height } = await sharp(image).metadata();
    const strip = { left: 0, top: 0, width: Math.round(width * changedWidth), height };
    const input = await sharp(image).extract(strip).negate({ alpha: false }).png().toBuffer();
    return sharp(image)
      .composite([{ input, left: 0, top: 0 }])
      .png()
      .toBuffer();
  }),
  // As models do that make other sizes: nothing is changed but the size.
  'edit-half-size': answerWith(async (image) => {
    const { width, height } = await sharp(image).metadata();
    return sharp(image)
      .resize(width / 2, height / 2)
      .png()
      .toBuffer();
  }),
  'edit-square': answerWith((image) => sharp(image).resize(256, 256).png().toBuffer()),
};
