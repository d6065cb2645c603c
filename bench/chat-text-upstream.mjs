// An upstream that answers a chat with 400 KB of Markdown of the kind that the message names.
import { createServer } from 'node:http';

const length = 400 * 1024;
const piece = 40;
const piecesAtOnce = 40;
const everyMs = 20;
const words = 'the quick brown fox jumps over a lazy dog and then some more words follow'.split(
  ' ',
);

function sentence(from) {
  const picked = Array.from({ length: 18 }, (_, index) => words[(from + index) % words.length]);
  return `${picked.join(' ')}.`;
}

const lines = {
  prose: (index) =>
    `Some **bold ${index}** and \`code\`. ${sentence(index)}${index % 5 ? ' ' : '\n\n'}`,
  code: (index) =>
    `${index > 0 ? '' : '```ts\n'}const value${index} = compute("${sentence(index)}");\n`,
  list: (index) => `- item ${index}: ${sentence(index)}\n`,
  nested: (index) => `${'  '.repeat(index % 4)}- item ${index}: ${sentence(index)}\n`,
  table: (index) =>
    `${index > 0 ? '' : '| a | b | c |\n|---|---|---|\n'}| row ${index} | ${sentence(index)} | ${index} |\n`,
};

function textOf(kind) {
  let text = '';
  for (let index = 0; text.length < length; index++) text += lines[kind](index);
  return text;
}

const event = (delta, finish_reason = null) =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (request.method === 'GET') return response.end();
  const { content } = JSON.parse(body).messages.at(-1);
  const asked = typeof content === 'string' ? content : content[0].text;
  const text = asked in lines ? textOf(asked) : 'Fine.';
  for (let at = 0; at < text.length; at += piece * piecesAtOnce) {
    const now = text.slice(at, at + piece * piecesAtOnce).match(/[\s\S]{1,40}/g);
    response.write(now.map((content) => event({ content })).join(''));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  response.end(`${event({}, 'stop')}data: [DONE]\n\n`);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
