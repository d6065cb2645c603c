import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { chatFaults } from './chat-faults';
import { editFaults } from './edit-faults';
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

export { releaseStep } from './fault-kit';
export { onePixel };

/** What the upstream saw of one request. */
export interface SeenRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** Its last byte arrived. */
  complete: boolean;
  /** Resolves when its connection is closed, by whomever. */
  closed: Promise<void>;
}

/** A gateway that misbehaves on request: the prompt names the fault as `fault:<name>`. */
export interface FaultUpstream {
  /** Its base URL, as TURING_BASE_URL has it. */
  url: string;
  requests: SeenRequest[];
  close(): Promise<void>;
}

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

/** Every fault by name; `ok` and `chat-ok` are the good answers. */
export const faults: Record<string, Fault> = {
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
  redirect: send(302, { location: 'http://127.0.0.1:1/elsewhere' }, ''),
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
    const fault = context.earlier < 2 ? limitedBriefly : faults.ok;
    return fault?.(context);
  },
  'rate-limit-date': (context) => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const limit = send(429, { ...jsonType, 'retry-after': date }, envelope('Slow down', 'rate'));
    const fault = context.earlier === 0 ? limit : faults.ok;
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
    if (!body.includes('name="input_fidelity"')) return faults.ok?.(context);
    request.resume();
    const error = { message: 'Unknown parameter.', param: 'input_fidelity', code: null };
    response.writeHead(400, jsonType).end(JSON.stringify({ error: { ...error, type: 'x' } }));
  },
  // As services do that name what they refuse.
  quoting: ({ response, body }) => {
    response.writeHead(400, jsonType).end(envelope(`No: ${body}`, `refused ${body}`));
  },
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
  ...chatFaults,
  ...editFaults,
};

/** Starts the upstream on a free port of this machine. */
export async function startFaultUpstream({ port = 0 } = {}): Promise<FaultUpstream> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void answer({ request, response, requests });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/api/v1`,
    requests,
    close: () => closeServer(server),
  };
}

async function answer({
  request,
  response,
  requests,
}: {
  request: IncomingMessage;
  response: ServerResponse;
  requests: SeenRequest[];
}): Promise<void> {
  const closed = new Promise<void>((resolve) => request.socket.once('close', () => resolve()));
  const seen: SeenRequest = {
    path: request.url ?? '',
    headers: request.headers,
    body: Buffer.alloc(0),
    complete: false,
    closed,
  };
  requests.push(seen);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
      // Of a large upload the start is enough to see what is asked for.
      if (seen.body.length < 4000) seen.body = Buffer.concat(chunks);
      const early = /early:(\d+)/.exec(seen.body.subarray(0, 4000).toString('latin1'))?.[1];
      if (early) {
        response.writeHead(Number(early), jsonType).end(envelope('Refused early', null));
        return;
      }
    }
    seen.body = Buffer.concat(chunks);
    seen.complete = true;
    const { body } = seen;
    const fault = faults[faultIn(body)] ?? faults.ok;
    const same = requests.filter((one) => isSameBody(one.body, body));
    await fault?.({ request, response, body, closed, earlier: same.length - 1 });
  } catch {
    // The client went away in its upload: `complete` stays false.
  }
}

/** The fault that is named last: of a conversation it is the last message that counts. */
function faultIn(body: Buffer): string {
  const text = body.subarray(0, 4000).toString('latin1') + body.subarray(-4000).toString('latin1');
  return [...text.matchAll(/fault:([\w-]+)/g)].at(-1)?.[1] ?? 'ok';
}

/** Whether two requests ask for the same. Of a form each has a boundary of its own. */
function isSameBody(one: Buffer, other: Buffer): boolean {
  const start = (body: Buffer) =>
    body
      .subarray(0, 4000)
      .toString('latin1')
      .replaceAll(/-+WebKitFormBoundary\w+/g, '');
  return one.equals(other) || (one.length === other.length && start(one) === start(other));
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
