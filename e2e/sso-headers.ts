import { once } from 'node:events';
import { connect } from 'node:net';

/** What the server of the tests wants beside a name. */
export const proxySecret = 'beside-every-name-0123';

const named = (name: string) => `X-Forwarded-User: ${name}`;
const right = `X-Proxy-Secret: ${proxySecret}`;
/** A name as a header has it: a character for each byte. */
const bytes = (name: string) => Buffer.from(name).toString('latin1');

/** The lines that name a person, as a trusted proxy sends them. */
export const trustedLines = (name: string): string[] => [named(bytes(name)), right];

/** Lines that are to let nobody in, though they come from the address of a trusted proxy. */
export const forgedLines: Record<string, string[]> = {
  'no header': [right],
  'no secret': [named('ann')],
  'a wrong secret': [named('ann'), 'X-Proxy-Secret: guess'],
  'an empty secret': [named('ann'), 'X-Proxy-Secret:'],
  'two secrets': [named('ann'), 'X-Proxy-Secret: guess', right],
  'a secret with underscores': [named('ann'), `X_Proxy_Secret: ${proxySecret}`],
  'two names': [named('ann'), named('bob'), right],
  'the same name twice': [named('ann'), right, named('ann')],
  'two names in another case': [named('ann'), 'x-forwarded-USER: bob', right],
  'a comma': [named('ann, bob'), right],
  'an empty name': [named(''), right],
  'an empty name and another': [named(''), named('ann'), right],
  underscores: ['X_Forwarded_User: ann', right],
  'an address in a header': [named('ann'), 'X-Forwarded-For: 127.0.0.1', 'X-Real-IP: 127.0.0.1'],
  'other headers with names': ['X-Forwarded-Email: ann', 'X-Auth-Request-User: ann', right],
  'a control character': [named('an\x01n'), right],
  'a tab': [named('a\tb'), right],
  'a control character of the second kind': [named(bytes('a\u0085b')), right],
  'a folded line': [`${named('ann')}\r\n bob`, right],
  'Latin-1': [named('J\xfcrgen'), right],
  'too many characters': [named('a'.repeat(257)), right],
  'the headers of the framework': [
    'x-middleware-override-headers: x-forwarded-user',
    'x-middleware-request-x-forwarded-user: ann',
    'x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy',
    right,
  ],
};

/** What came back of a request. */
export interface RawAnswer {
  status: number;
  /** Status line and headers. */
  head: string;
  body: string;
}

/** Sends a request whose lines go out as they are, a byte for each character, on a connection of its own. */
export async function sendLines(
  url: string,
  lines: readonly string[],
  { method = 'GET', path = '/', body = '' } = {},
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  const isFramed = lines.some((line) => line.startsWith('Transfer-Encoding:'));
  const length = method === 'GET' || isFramed ? [] : [`Content-Length: ${body.length}`];
  const head = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...length];
  socket.write(Buffer.from(`${[...head, ...lines].join('\r\n')}\r\n\r\n${body}`, 'latin1'));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  const end = all.indexOf('\r\n\r\n');
  const answered = all.subarray(0, end).toString();
  const isChunked = /^transfer-encoding: chunked$/im.test(answered);
  const sent = all.subarray(end + 4);
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answered)?.[1]);
  return { status, head: answered, body: (isChunked ? joinChunks(sent) : sent).toString() };
}

/** What was sent in chunks (RFC 9112 §7.1). */
function joinChunks(sent: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < sent.length; ) {
    const begin = sent.indexOf('\r\n', at) + 2;
    const length = Number.parseInt(sent.toString('latin1', at, begin), 16);
    if (!length) break;
    chunks.push(sent.subarray(begin, begin + length));
    at = begin + length + 2;
  }
  return Buffer.concat(chunks);
}
