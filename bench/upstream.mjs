// An upstream that answers at full speed: ten pictures of 25 MB as one JSON body, or what the size
// of a request stands for; for an upload, a small answer once everything has been read; for a chat,
// events 15 ms apart that say when they were sent. /left says when a client last left such a stream.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { pngStart } from './png-start.mjs';

const mebibyte = 1024 * 1024;
// The size that is asked for, and what is answered: so many pictures, of so many bytes as base64.
const ten = { pictures: 10, bytes: (25 * 4 * mebibyte) / 3 };
const answersBySize = {
  '1024x1024': { pictures: 1, bytes: 5 * mebibyte },
  '832x832': { pictures: 1, bytes: 100 * 1024 },
  '816x816': { pictures: 1, bytes: 0 },
};

// A multiple of three, so that the base64 needs no padding in the middle.
const block = randomBytes(48 * 1024).toString('base64');
const head = Buffer.from(pngStart({ width: 3840, height: 2160 }).toString('base64'));
const blockBytes = Buffer.from(block);

async function* answer({ pictures, bytes }) {
  const blocksPerPicture = Math.ceil(bytes / block.length);
  yield Buffer.from('{"created":1,"data":[');
  for (let index = 0; index < pictures; index++) {
    yield Buffer.from(`${index > 0 ? ',' : ''}{"b64_json":"`);
    yield head;
    for (let count = 0; count < blocksPerPicture; count++) yield blockBytes;
    yield Buffer.from('"}');
  }
  yield Buffer.from('],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}');
}

const events = 200;
const eventEveryMs = 15;

const now = () => performance.timeOrigin + performance.now();
let leftAt = 0;

function sendEvents(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let sent = 0;
  const timer = setInterval(() => {
    const content = String(now());
    const choices = [{ index: 0, delta: { content } }];
    response.write(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices })}\n\n`,
    );
    if (++sent < events) return;
    clearInterval(timer);
    response.end('data: [DONE]\n\n');
  }, eventEveryMs);
  const leave = () => {
    clearInterval(timer);
    if (!response.writableFinished) leftAt = now();
  };
  if (response.destroyed) leave();
  else response.on('close', leave);
}

const small = Buffer.from(`{"created":1,"data":[{"b64_json":"${head}"}]}`);

const server = createServer(async (request, response) => {
  let start = '';
  for await (const chunk of request) if (start.length < 1000) start += chunk.subarray(0, 1000);
  if (request.url.endsWith('/completions')) {
    sendEvents(response);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  if (request.url.endsWith('/left')) {
    response.end(String(leftAt));
    return;
  }
  if (request.url.endsWith('/edits')) {
    response.end(small);
    return;
  }
  const size = /"size":"(\w+)"/.exec(start)?.[1];
  for await (const piece of answer(answersBySize[size] ?? ten)) {
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
