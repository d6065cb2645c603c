import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { jsonType, reset } from '../fault-kit';
import { onePixel } from '../sample-pictures';

/** What a large answer comes to: whole, or in the middle of it one of these. */
export const largeFaults = ['cut', 'invalid', 'reset', 'silent'] as const;

/** A large answer as it was sent: to know it again by its bytes. */
export interface SentAnswer {
  bytes: number;
  digest: string;
}

/** An upstream of large answers; the prompt says `load:<name> <MiB> <whole or a fault>`. */
export interface LoadUpstream {
  url: string;
  /** By name, of whole answers and of what has been sent of others. */
  sent: Map<string, SentAnswer>;
  /** How many connections are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

const mebibyte = 1024 * 1024;

/** Starts it on a free port of this machine. */
export async function startLoadUpstream(): Promise<LoadUpstream> {
  const sent = new Map<string, SentAnswer>();
  const server = createServer((request, response) => {
    void answer({ request, response, sent }).catch(() => {
      // The app has gone away in the middle of it.
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    sent,
    connections: promisify(server.getConnections.bind(server)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer({
  request,
  response,
  sent,
}: {
  request: IncomingMessage;
  response: ServerResponse;
  sent: LoadUpstream['sent'];
}): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const asked = /load:(\S+) (\d+) (\w+)/.exec(Buffer.concat(chunks).toString());
  const [, name = '', size = '1', kind = 'whole'] = asked ?? [];
  const hash = createHash('sha256');
  const gone = once(response, 'close');
  let bytes = 0;
  const write = async (text: string) => {
    hash.update(text);
    bytes += text.length;
    sent.set(name, { bytes, digest: hash.copy().digest('hex') });
    if (!response.write(text)) await Promise.race([once(response, 'drain'), gone]);
    if (response.destroyed) throw new Error('gone');
  };

  response.writeHead(200, jsonType);
  await write(`{"created":1,"data":[{"b64_json":"${onePixel.slice(0, 64)}`);
  // Each answer has bytes of its own, so that one mixed with another is found.
  const block = randomBytes(48 * 1024).toString('base64');
  const blocks = (Number(size) * mebibyte) / block.length;
  for (let count = 0; count < blocks; count++) {
    if (kind !== 'whole' && count > blocks / 2) break;
    await write(block);
  }
  if (kind === 'silent') return;
  if (kind === 'reset') return reset({ request } as Parameters<typeof reset>[0]);
  if (kind === 'invalid') await write('"}}');
  else if (kind === 'whole') await write('"}]}');
  response.end();
}
