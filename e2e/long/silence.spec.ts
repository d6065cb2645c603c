import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { apiKey, startApp } from '../app-server';
import { goodEvents, goodImages, onePixel } from '../fault-upstream';

// Clients and servers of Node give up after 300 s of silence unless they are told otherwise. A
// picture may take longer.
const silenceMs = 310_000;

/** Runs the app in front of an upstream, and ends both. */
async function behind(upstream: RequestListener, use: (app: string) => Promise<void>) {
  // Its own limit on the length of an upload is not what is looked at.
  const server = createServer({ requestTimeout: 0 }, upstream).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const app = await startApp({
    TURING_BASE_URL: `http://127.0.0.1:${port}/api/v1`,
    TURING_API_KEY: apiKey,
  });
  try {
    await use(app.url);
  } finally {
    await app.stop();
    server.closeAllConnections();
    server.close();
  }
}

/** A client without a patience of its own. */
function post(url: string, contentType: string, pieces: (string | Buffer | 'silence')[]) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': contentType } });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    void (async () => {
      for (const piece of pieces) {
        if (piece === 'silence') await wait(silenceMs);
        else sent.write(piece);
      }
      sent.end();
    })();
  });
}

const json = 'application/json';
const picture = JSON.stringify({ model: 'turing/gpt-image-2', prompt: 'p' });
const generations = (app: string) => `${app}/api/v1/images/generations`;
const jsonHead = { 'content-type': json };

test('310 s to the first byte of an answer', async () => {
  const upstream: RequestListener = async (incoming, response) => {
    incoming.resume();
    await wait(silenceMs);
    response.writeHead(200, jsonHead).end(goodImages);
  };
  await behind(upstream, async (app) => {
    expect(await post(generations(app), json, [picture])).toEqual({
      status: 200,
      text: goodImages,
    });
  });
});

test('310 s in the middle of an answer', async () => {
  const upstream: RequestListener = async (incoming, response) => {
    incoming.resume();
    response.writeHead(200, jsonHead).write(goodImages.slice(0, -30));
    await wait(silenceMs);
    response.end(goodImages.slice(-30));
  };
  await behind(upstream, async (app) => {
    expect(await post(generations(app), json, [picture])).toEqual({
      status: 200,
      text: goodImages,
    });
  });
});

test('310 s between two events of a stream', async () => {
  const upstream: RequestListener = async (incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(goodEvents[0]);
    await wait(silenceMs);
    response.end(goodEvents.slice(1).join(''));
  };
  await behind(upstream, async (app) => {
    const body = JSON.stringify({
      model: 'turing/gemini-3-pro-image',
      stream: true,
      messages: [{ role: 'user', content: 'p' }],
    });
    expect(await post(`${app}/api/v1/chat/completions`, json, [body])).toEqual({
      status: 200,
      text: goodEvents.join(''),
    });
  });
});

test('310 s in the middle of an upload', async () => {
  let arrived = 0;
  const upstream: RequestListener = async (incoming, response) => {
    for await (const chunk of incoming) arrived += (chunk as Buffer).length;
    response.writeHead(200, jsonHead).end(goodImages);
  };
  await behind(upstream, async (app) => {
    const field = (name: string, value: string) =>
      `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const start =
      field('model', 'turing/gpt-image-2') +
      field('prompt', 'p') +
      '--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n';
    const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(1_000_000)]);
    const rest = Buffer.concat([Buffer.alloc(1_000_000), Buffer.from('\r\n--B--\r\n')]);
    expect(
      await post(`${app}/api/v1/images/edits`, 'multipart/form-data; boundary=B', [
        start,
        file,
        'silence',
        rest,
      ]),
    ).toEqual({ status: 200, text: goodImages });
    expect(arrived).toBe(start.length + file.length + rest.length);
  });
});
