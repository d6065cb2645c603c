// An upstream that notes when its bytes leave: a picture of 1 MB after as long as the prompt says, or
// 4K pictures of 25 MB, which all leave together. It also serves the bare page.
import { createServer } from 'node:http';
import { noisePicture } from './noise-picture.mjs';

const small = await noisePicture({ width: 592, height: 592 });
const large = await noisePicture({ width: 3840, height: 2160 });
const together = 4;
const barePage = '<!doctype html><title>Bare</title><textarea rows="6" cols="60"></textarea>';

const json = (png) =>
  Buffer.from(`{"created":1,"data":[{"b64_json":"${png.toString('base64')}"}]}`);
const answers = { small: json(small), large: json(large) };
const now = () => performance.timeOrigin + performance.now();
const said = { firstByte: 0, lastByte: 0 };
let waiting = [];

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.method === 'GET') {
    const isPage = request.url === '/bare';
    response.writeHead(200, { 'content-type': isPage ? 'text/html' : 'application/json' });
    return response.end(isPage ? barePage : JSON.stringify(said));
  }
  const { prompt } = JSON.parse(Buffer.concat(chunks));
  const [kind, delay = '0'] = prompt.split(' ');
  await (kind === 'large' ? untilAllAreHere() : new Promise((go) => setTimeout(go, Number(delay))));
  said.firstByte = now();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(answers[kind], () => {
    said.lastByte = now();
  });
});

function untilAllAreHere() {
  return new Promise((go) => {
    waiting.push(go);
    if (waiting.length < together) return;
    for (const one of waiting) one();
    waiting = [];
  });
}

server.listen(Number(process.env.PORT), '127.0.0.1');
