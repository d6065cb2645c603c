// An upstream whose conversation is real: words, then a 4K picture of about 25 MB in one line. No two
// pictures are the same: each has other bytes behind its end.
import { randomBytes, randomFillSync } from 'node:crypto';
import { createServer } from 'node:http';
import sharp from 'sharp';

const [width, height] = [3840, 2160];
const pixels = randomFillSync(Buffer.alloc(width * height * 3));
const raw = { width, height, channels: 3 };
const png = await sharp(pixels, { raw }).png({ compressionLevel: 1 }).toBuffer();
// A multiple of three bytes is a whole number of groups: what follows can be encoded by itself.
const padding = Buffer.alloc((3 - (png.length % 3)) % 3);
const start = Buffer.from(Buffer.concat([png, padding]).toString('base64'));

const event = (delta, finish_reason = null) =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

const server = createServer(async (request, response) => {
  for await (const chunk of request) void chunk;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (request.method === 'GET') return response.end();
  for (const word of 'A picture of noise, as large as they come. '.split(/(?<= )/)) {
    response.write(event({ content: word }));
  }
  const [head, tail] = event({
    content: [],
    images: [
      {
        type: 'image_url',
        image_url: { url: 'HERE' },
        thought_signature: randomBytes(24).toString('hex'),
      },
    ],
  }).split('HERE');
  response.write(head);
  const pieces = 64 * 1024;
  for (let at = 0; at < start.length; at += pieces) {
    if (!response.write(start.subarray(at, at + pieces))) {
      await new Promise((resolve) => response.once('drain', resolve));
    }
  }
  response.write(randomBytes(12).toString('base64') + tail);
  response.end(`${event({}, 'stop')}data: [DONE]\n\n`);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
