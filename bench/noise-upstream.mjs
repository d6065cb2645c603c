// An upstream whose ten pictures are real: 4K noise, about 25 MB each, no two the same.
import { randomFillSync } from 'node:crypto';
import { createServer } from 'node:http';
import sharp from 'sharp';

const [width, height, pictures] = [3840, 2160, 10];
const pixels = Buffer.alloc(width * height * 3);

async function noise() {
  randomFillSync(pixels);
  const raw = { width, height, channels: 3 };
  const png = await sharp(pixels, { raw }).png({ compressionLevel: 1 }).toBuffer();
  return Buffer.from(png.toString('base64'));
}

const answer = [Buffer.from('{"created":1,"data":[')];
for (let index = 0; index < pictures; index++) {
  answer.push(
    Buffer.from(`${index > 0 ? ',' : ''}{"b64_json":"`),
    await noise(),
    Buffer.from('"}'),
  );
}
answer.push(Buffer.from('],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}'));

const server = createServer(async (request, response) => {
  for await (const chunk of request) void chunk;
  response.writeHead(200, { 'content-type': 'application/json' });
  if (request.method === 'GET') return response.end();
  for (const piece of answer) {
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
});
server.listen(Number(process.env.PORT), '127.0.0.1');
