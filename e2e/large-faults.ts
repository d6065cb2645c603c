import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { eventType, type Fault, jsonType } from './fault-kit';
import { onePixel } from './sample-pictures';

// Answers that are too large or too slow. Their bytes are made as they are sent: none is ever held.

const mebibyte = 1024 * 1024;
const block = Buffer.alloc(mebibyte, 'A');
const imageStart = `{"created":1,"data":[{"b64_json":"${onePixel.replace(/=+$/, '')}`;
const imageEnd = '"}]}';
const eventStart = `data: {"choices":[{"index":0,"delta":{"images":[{"image_url":{"url":"${onePixel.replace(/=+$/, '')}`;
const eventEnd = '"}}]},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

/** Sends pieces as fast as they are taken, until the client has gone. */
const pieceByPiece =
  (headers: Record<string, string>, pieces: () => Iterable<Buffer | string>): Fault =>
  async ({ response, closed }) => {
    response.writeHead(200, headers);
    for (const piece of pieces()) {
      if (response.destroyed) return;
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), closed]);
    }
    response.end();
  };

function* megabytes(count: number, start: string, end: string) {
  yield start;
  for (let sent = 0; sent < count; sent++) yield block;
  yield end;
}

// gzip files may stand one behind the other: this is a megabyte in about a thousand bytes.
function* bomb(count: number) {
  const packed = gzipSync(block);
  yield gzipSync(imageStart);
  for (let sent = 0; sent < count; sent++) yield packed;
  yield gzipSync(imageEnd);
}

/** A picture of five megabytes, the same each time; its base64 says nothing that could be packed. */
function fiveMegabytes(): Buffer {
  const bytes = Buffer.alloc(5 * mebibyte);
  let state = 1;
  for (let index = 0; index < bytes.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  Buffer.from(onePixel, 'base64').copy(bytes);
  return Buffer.from(`{"created":1,"data":[{"b64_json":"${bytes.toString('base64')}"}]}`);
}
let large: Buffer | undefined;

/** An answer with a picture of five megabytes, cut after so many bytes if it is to be. */
export function largeAnswer(): Buffer {
  large ??= fiveMegabytes();
  return large;
}

/** Large and slow answers, by name. */
export const largeFaults: Record<string, Fault> = {
  huge: pieceByPiece(jsonType, () => megabytes(600, imageStart, imageEnd)),
  'huge-declared': (context) => {
    const length = imageStart.length + 600 * mebibyte + imageEnd.length;
    const headers = { ...jsonType, 'content-length': String(length) };
    return pieceByPiece(headers, () => megabytes(600, imageStart, imageEnd))(context);
  },
  'chat-huge': pieceByPiece(eventType, () => megabytes(600, eventStart, eventEnd)),
  'gzip-bomb': pieceByPiece({ ...jsonType, 'content-encoding': 'gzip' }, () => bomb(600)),
  drip: async ({ response }) => {
    response.writeHead(200, jsonType);
    for (const byte of Buffer.from(`{"data":[{"b64_json":"${onePixel}"}]}`)) {
      if (response.destroyed) return;
      response.write(Buffer.of(byte));
      await wait(100);
    }
    response.end();
  },
  'five-megabytes': ({ response }) => {
    response.writeHead(200, jsonType).end(largeAnswer());
  },
  'five-megabytes-cut': ({ request, response }) => {
    const half = largeAnswer().subarray(0, 2.5 * mebibyte);
    response.writeHead(200, jsonType).write(half, () => request.socket.resetAndDestroy());
  },
};
