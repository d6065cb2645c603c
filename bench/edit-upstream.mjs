// An upstream of edits: it tells of each file that arrives its part, its hash and its size in pixels.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const load = async (name) =>
  (await runnerImport(`${root}lib/core/bytes/${name}.ts`, { root, configFile: false })).module;
const { boundaryOf } = await load('media-type');
const { createMultipartScanner } = await load('multipart-scan');

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
  let part;
  const scanner = createMultipartScanner(boundaryOf(request.headers['content-type']), {
    open: ({ name, isFile }) => {
      part = { name, isFile, hash: createHash('sha256'), start: Buffer.alloc(0) };
    },
    data: (slice) => {
      part.hash.update(slice);
      if (part.start.length < 24) part.start = Buffer.concat([part.start, slice.subarray(0, 24)]);
    },
    close: () => {
      const { name, isFile, hash, start } = part;
      if (isFile) files.push({ part: name, sha256: hash.digest('hex'), start });
    },
  });
  for await (const chunk of request) scanner.write(chunk);
  scanner.end();
  arrived = files.map(({ start, ...file }) => {
    // The sides of a PNG stand in its first bytes.
    const sides = file.part === 'mask' ? [start.readUInt32BE(16), start.readUInt32BE(20)] : null;
    return { ...file, sides };
  });
  response.end(answer);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
