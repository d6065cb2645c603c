// An upstream of edits: it tells of each file that arrives its part, its hash and its size in pixels.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import busboy from '@fastify/busboy';
import sharp from 'sharp';

const picture = await sharp({
  create: { width: 1024, height: 576, channels: 3, background: '#468' },
})
  .png()
  .toBuffer();
const answer = JSON.stringify({ created: 1, data: [{ b64_json: picture.toString('base64') }] });
let arrived = [];

const server = createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json');
  if (request.method === 'GET') return response.end(JSON.stringify(arrived));
  const files = [];
  const reader = busboy({ headers: request.headers, limits: { fileSize: Infinity } });
  reader.on('file', (part, file) => {
    const hash = createHash('sha256');
    const start = [];
    file.on('data', (chunk) => {
      hash.update(chunk);
      if (start.length === 0) start.push(chunk);
    });
    file.on('end', () => files.push({ part, sha256: hash.digest('hex'), start: start[0] }));
  });
  await new Promise((resolve) => request.pipe(reader).on('finish', resolve));
  arrived = files.map(({ start, ...file }) => {
    // The sides of a PNG stand in its first bytes.
    const sides = file.part === 'mask' ? [start.readUInt32BE(16), start.readUInt32BE(20)] : null;
    return { ...file, sides };
  });
  response.end(answer);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
