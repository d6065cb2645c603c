import type { IncomingMessage } from 'node:http';
import { finished, Readable } from 'node:stream';
import busboy from 'busboy';
import { json } from 'express';
import formidable from 'formidable';
import multer, { memoryStorage } from 'multer';
import { Response as NewerResponse } from 'undici';

/** One part as a parser reads it: its content as hex, so that any bytes can be compared. */
export interface ReadPart {
  kind: 'text' | 'file';
  name: string;
  hex: string;
}

/** A body as it arrives at a gateway. */
export interface SentBody {
  contentType: string;
  bytes: Buffer;
}

type FormParser = (sent: SentBody) => Promise<ReadPart[]>;

const part = (kind: ReadPart['kind'], name: string, bytes: Buffer): ReadPart => ({
  kind,
  name,
  hex: bytes.toString('hex'),
});

/** As it comes from Node's HTTP server. */
function incoming({ contentType, bytes }: SentBody): IncomingMessage {
  const headers = { 'content-type': contentType, 'content-length': String(bytes.length) };
  return Object.assign(Readable.from([bytes]), { headers, method: 'POST', url: '/' }) as never;
}

/** Parsers of forms that gateways are built on. Each fails where it refuses the body. */
export const formParsers: Record<string, FormParser> = {
  busboy: ({ contentType, bytes }) =>
    new Promise((resolve, reject) => {
      const parts: ReadPart[] = [];
      const parser = busboy({ headers: { 'content-type': contentType } });
      parser.on('field', (name, value) => parts.push(part('text', name, Buffer.from(value))));
      parser.on('file', (name, file) => {
        const chunks: Buffer[] = [];
        file.on('data', (chunk) => chunks.push(chunk));
        file.on('end', () => parts.push(part('file', name, Buffer.concat(chunks))));
      });
      finished(parser, (error) => (error ? reject(error) : resolve(parts)));
      Readable.from([bytes]).pipe(parser);
    }),

  async multer(sent) {
    type Read = { body: Record<string, unknown>; files: { fieldname: string; buffer: Buffer }[] };
    const request = incoming(sent);
    await new Promise<void>((resolve, reject) => {
      const next = (error?: unknown) => (error ? reject(error) : resolve());
      multer({ storage: memoryStorage() }).any()(request, {}, next);
    });
    const { body, files } = request as unknown as Read;
    const text = (value: unknown) =>
      Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    return [
      ...Object.entries(body).map(([name, value]) => part('text', name, text(value))),
      ...files.map(({ fieldname, buffer }) => part('file', fieldname, buffer)),
    ];
  },

  async formidable(sent) {
    const parts: ReadPart[] = [];
    const form = formidable();
    form.onPart = (found) => {
      const chunks: Buffer[] = [];
      // Left to itself it takes each part with a content type for a file, and fails at `8bit`.
      const kind = found.originalFilename === null ? 'text' : 'file';
      found.on('data', (chunk) => chunks.push(chunk));
      found.on('end', () => parts.push(part(kind, found.name, Buffer.concat(chunks))));
    };
    await form.parse(incoming(sent));
    return parts;
  },

  node: (sent) => readByFetch(sent, Response),
  undici: (sent) => readByFetch(sent, NewerResponse),
};

/** Node has undici's parser too, of an older version. */
async function readByFetch(
  { contentType, bytes }: SentBody,
  FetchResponse: typeof Response | typeof NewerResponse,
): Promise<ReadPart[]> {
  const headers = { 'content-type': contentType };
  const form = await new FetchResponse(new Uint8Array(bytes), { headers }).formData();
  return Promise.all(
    [...form].map(async ([name, value]) =>
      typeof value === 'string'
        ? part('text', name, Buffer.from(value))
        : part('file', name, Buffer.from(await value.arrayBuffer())),
    ),
  );
}

/** Parsers of JSON that gateways are built on. Each fails where it refuses the body. */
export const jsonParsers: Record<string, (sent: SentBody) => Promise<unknown>> = {
  async express(sent) {
    const request = incoming(sent);
    await new Promise<void>((resolve, reject) => {
      json({ limit: sent.bytes.length })(request, {}, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    return (request as unknown as { body: unknown }).body;
  },

  node: ({ contentType, bytes }) =>
    new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).json(),
};
