import { gzipSync } from 'node:zlib';
import {
  begin,
  chunkOf,
  envelope,
  eventType,
  type Fault,
  jsonType,
  nextStep,
  reset,
  send,
  silent,
} from './fault-kit';
import { differentPictures, jpeg, onePixel } from './sample-pictures';

export const goodImages = JSON.stringify({
  created: 1,
  data: [{ b64_json: onePixel }],
  usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
});

function answerOf(pictures: readonly string[]): string {
  return JSON.stringify({ created: 1, data: pictures.map((one) => ({ b64_json: one })) });
}

export const goodEvents = [
  chunkOf({ role: 'assistant', content: 'Here' }),
  chunkOf({ content: [], images: [{ type: 'image_url', image_url: { url: onePixel } }] }),
  chunkOf({}, 'stop'),
  'data: [DONE]\n\n',
];

const limitedBriefly = send(
  429,
  { ...jsonType, 'retry-after': '1' },
  envelope('Slow down', 'rate'),
);

/** Good answers, and what can be wrong with a status, a body or a connection; by name. */
export const answerFaults: Record<string, Fault> = {
  ok: send(
    200,
    { ...jsonType, 'x-request-id': 'req-1', 'set-cookie': 'a=b', server: 's' },
    goodImages,
  ),
  'chat-ok': begin(eventType, goodEvents.join(''), ({ response }) => void response.end()),
  'chat-one-by-one': async ({ response, closed }) => {
    response.writeHead(200, eventType);
    for (const event of goodEvents) {
      response.write(event);
      // The next event waits for word that the client has read this one.
      await Promise.race([nextStep(), closed]);
    }
    response.end();
  },
  // Two pictures, each sent when a test says so: in the meantime a run is under way.
  held: async ({ response, closed }) => {
    await Promise.race([nextStep(), closed]);
    response.writeHead(200, jsonType);
    response.write(`{"created":1,"data":[{"b64_json":"${onePixel}"}`);
    await Promise.race([nextStep(), closed]);
    response.end(`,{"b64_json":"${onePixel}"}],"usage":{"total_tokens":3}}`);
  },
  // A picture, and a sign of life until a test says that the second one is to come.
  'kept-alive': async ({ response, closed }) => {
    response.writeHead(200, jsonType).write(`{"created":1,"data":[{"b64_json":"${onePixel}"}`);
    const timer = setInterval(() => response.write(' '), 100);
    await Promise.race([nextStep(), closed]);
    clearInterval(timer);
    response.end(`,{"b64_json":"${onePixel}"}]}`);
  },
  different: send(200, jsonType, answerOf(differentPictures)),
  jpeg: send(200, jsonType, answerOf([jpeg])),
  'one-refused': send(
    200,
    jsonType,
    `{"created":1,"data":[{"b64_json":"${onePixel}"},{"error":{"message":"Held back","code":"x"}}]}`,
  ),
  // All pictures whole but the last, in which the connection breaks.
  'cut-last': begin(jsonType, answerOf(differentPictures).slice(0, -200), reset),
  url: send(200, jsonType, '{"created":1,"data":[{"url":"http://pictures.test/bear.png"}]}'),
  'allowed-url': send(
    200,
    jsonType,
    '{"created":1,"data":[{"url":"http://allowed.test/bear.png"}]}',
  ),
  'damaged-one': send(
    200,
    jsonType,
    `{"created":1,"data":[{"b64_json":"${onePixel}"},{"b64_json":"${onePixel.slice(0, 40)}!!"}]}`,
  ),
  'bad-base64': send(200, jsonType, answerOf([`${onePixel.slice(0, 60)}!!${onePixel.slice(60)}`])),
  // Pictures where other gateways have them.
  'odd-places': send(
    200,
    eventType,
    JSON.stringify({
      error: {},
      data: [
        { b64_json: `data:image/png;base64,${onePixel}` },
        { b64_json: '', url: `data:image/jpeg;base64,${jpeg}` },
      ],
      usage: { total_tokens: null, input_tokens: '7' },
    }),
  ),
  'cut-one': send(200, jsonType, answerOf([onePixel, onePixel.slice(0, 60)])),
  'cut-all': send(200, jsonType, answerOf([onePixel.slice(0, 60)])),
  'long-headers': send(200, { ...jsonType, 'x-long': 'a'.repeat(20_000) }, goodImages),
  fewer: send(200, jsonType, answerOf([onePixel, jpeg])),
  'wrong-type': send(200, { 'content-type': 'text/plain' }, goodImages),
  'chat-wrong-type': send(200, jsonType, goodEvents.join('')),
  html: send(200, { 'content-type': 'text/html' }, '<html><body>Welcome</body></html>'),
  empty: send(200, jsonType, ''),
  'empty-list': send(200, jsonType, '{"created":1,"data":[]}'),
  'no-picture': send(200, jsonType, '{"created":1,"data":[{"b64_json":"aGVsbG8gd29ybGQ="}]}'),
  'empty-choices': send(200, jsonType, '{"choices":[]}'),
  'error-200': send(200, jsonType, envelope('The model is overloaded', 'overloaded')),
  'invalid-json': send(200, jsonType, '{"created":1,"data":[{]}'),
  'truncated-early': send(200, jsonType, '{"created":1,"da'),
  'truncated-late': send(200, jsonType, goodImages.slice(0, -30)),
  'reset-before': reset,
  'reset-late': begin(jsonType, goodImages.slice(0, -30), reset),
  'chat-reset-late': begin(eventType, goodEvents[0] ?? '', reset),
  'chat-cut-event': begin(
    eventType,
    `${goodEvents[0]}data: {"choi`,
    ({ response }) => void response.end(),
  ),
  'chat-no-done': send(200, eventType, goodEvents.slice(0, 3).join('')),
  'chat-error-event': send(
    200,
    eventType,
    `${goodEvents[0]}data: ${envelope('Overloaded', null)}\n\ndata: [DONE]\n\n`,
  ),
  'chat-error-first': send(200, eventType, `data: ${envelope('Overloaded', null)}\n\n`),
  'chat-nothing': send(200, eventType, 'data: [DONE]\n\n'),
  // To itself, so that it would be seen to be followed.
  redirect: ({ request, response }) => {
    response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end();
  },
  'no-path': send(404, { 'content-type': 'text/html' }, '<h1>404 Not Found</h1>'),
  detail: send(422, jsonType, '{"detail":[{"loc":["body","size"],"msg":"not so large"}]}'),
  moderated: send(403, jsonType, envelope('Prompt refused', 'moderation_blocked')),
  'quota-spent': send(429, jsonType, envelope('No credit left', 'insufficient_quota')),
  unauthorized: send(401, jsonType, envelope('Invalid key', 'invalid_api_key')),
  forbidden: send(403, jsonType, envelope('Forbidden', null)),
  'content-filter': send(400, jsonType, envelope('Prompt refused', 'contentFilter')),
  'rate-limit': send(429, { ...jsonType, 'retry-after': '7' }, envelope('Slow down', 'rate')),
  'rate-limit-day': send(
    429,
    { ...jsonType, 'retry-after': '86400' },
    envelope('Slow down', 'rate'),
  ),
  'rate-limit-twice': (context) => {
    const fault = context.earlier < 2 ? limitedBriefly : answerFaults.ok;
    return fault?.(context);
  },
  'rate-limit-long': (context) => {
    const limit = send(429, { ...jsonType, 'retry-after': '700' }, envelope('Slow down', 'rate'));
    const isChat = context.request.url?.endsWith('/chat/completions');
    const fault =
      context.earlier === 0 ? limit : isChat ? answerFaults['chat-ok'] : answerFaults.ok;
    return fault?.(context);
  },
  'rate-limit-date': (context) => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const limit = send(429, { ...jsonType, 'retry-after': date }, envelope('Slow down', 'rate'));
    const fault = context.earlier === 0 ? limit : answerFaults.ok;
    return fault?.(context);
  },
  'output-filter': send(400, jsonType, envelope('Generated image was filtered by policy', null)),
  'rate-limit-text': send(429, { 'content-type': 'text/plain', 'retry-after': '7' }, 'Slow down'),
  'html-413': send(
    413,
    { 'content-type': 'text/html' },
    '<html><style>x{}</style><h1>Too large</h1></html>',
  ),
  // As models do that always keep their input closely.
  'no-fidelity': (context) => {
    const { request, response, body } = context;
    if (!body.includes('name="input_fidelity"')) return answerFaults.ok?.(context);
    request.resume();
    const error = { message: 'Unknown parameter.', param: 'input_fidelity', code: null };
    response.writeHead(400, jsonType).end(JSON.stringify({ error: { ...error, type: 'x' } }));
  },
  // As services do that name what they refuse.
  quoting: ({ response, body }) => {
    response.writeHead(400, jsonType).end(envelope(`No: ${body}`, `refused ${body}`));
  },
  'error-200-list': send(200, jsonType, `[${envelope('The model is overloaded', null)}]`),
  'server-error': send(500, jsonType, envelope('Oops', 'oops')),
  'odd-status': send(522, { 'content-type': 'text/plain' }, 'origin timed out'),
  gzip: send(200, { ...jsonType, 'content-encoding': 'gzip' }, gzipSync(goodImages)),
  'strange-encoding': send(200, { ...jsonType, 'content-encoding': 'zstd' }, goodImages),
  'echo-key': ({ request, response }) => {
    const said = `key ${request.headers.authorization?.slice(7)}`;
    response.writeHead(200, { ...jsonType, 'x-request-id': said });
    response.end(goodImages.replace('"created"', `"said":"${said}","created"`));
  },
  'echo-key-error': ({ request, response }) => {
    const said = `bad ${request.headers.authorization}`;
    response.writeHead(400, { ...jsonType, 'retry-after': said }).end(envelope(said, null));
  },
  'echo-key-events': async ({ request, response }) => {
    const key = request.headers.authorization?.slice(7) ?? '';
    response.writeHead(200, eventType);
    // One byte at a time, so that the key is cut at every place.
    for (const byte of Buffer.from(chunkOf({ content: key }) + goodEvents.join(''))) {
      response.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    response.end();
  },
  silent,
  'silent-late': begin(jsonType, goodImages.slice(0, -30), silent),
  'chat-silent-late': begin(eventType, goodEvents[0] ?? '', silent),
};
