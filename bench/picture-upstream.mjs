// An upstream that takes a second over each answer: one small picture that can be decoded.
import { createServer } from 'node:http';
import sharp from 'sharp';

const waitMs = 1000;
const pixels = { width: 256, height: 256, channels: 3, background: '#47a' };
const picture = await sharp({ create: pixels }).png().toBuffer();
const answer = JSON.stringify({ created: 1, data: [{ b64_json: picture.toString('base64') }] });

const server = createServer(async (request, response) => {
  for await (const chunk of request) void chunk;
  if (request.method === 'GET') return response.end();
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  }, waitMs);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
