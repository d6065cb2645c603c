import { describe, expect, test } from 'vitest';
import { open } from './servers';
import { chat, expectApiHeaders, expectEnvelope, paths, picture, send } from './wire-kit';

// Which requests the API takes: addresses, methods, origins, kinds of body.

describe('addresses and methods', () => {
  const { url } = open;

  for (const [method, path] of [
    ['GET', '/api'],
    ['POST', '/api/auth'],
    ['GET', '/api/nowhere/at/all'],
    ['GET', '/api/v1'],
    ['POST', '/api/v1'],
    ['POST', '/api/v1/images/variations'],
    ['POST', '/api/v1/responses'],
    ['PUT', '/api/v1/files'],
    ['OPTIONS', '/api/v1/embeddings'],
  ] as const) {
    test(`${method} ${path} is 404 in the envelope`, async () => {
      const response = await fetch(url + path, { method });
      expect(response.status).toBe(404);
      expectApiHeaders(response.headers);
      await expectEnvelope(response, 'not_found');
    });
  }

  for (const [path, allowed] of [
    [paths.generations, 'POST'],
    [paths.edits, 'POST'],
    [paths.chat, 'POST'],
    ['/api/v1/models', 'GET, HEAD'],
    ['/api/v1/models/turing/gpt-image-2', 'GET, HEAD'],
    ['/api/health', 'GET, HEAD'],
    ['/api/ready', 'GET, HEAD'],
  ] as const) {
    test(`other methods than ${allowed} at ${path} are 405`, async () => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        if (allowed.split(', ').includes(method)) continue;
        const response = await fetch(url + path, { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe(allowed);
        expectApiHeaders(response.headers);
        await expectEnvelope(response, 'method_not_allowed');
      }
    });
  }

  test('one model stands under its id, plain and percent-encoded', async () => {
    const { data } = await (await fetch(`${url}/api/v1/models`)).json();
    const entry = data.find(({ id }: { id: string }) => id === 'turing/gpt-image-2');
    for (const path of ['turing/gpt-image-2', 'turing%2Fgpt-image-2', 'turing%2fgpt%2Dimage-2']) {
      const response = await fetch(`${url}/api/v1/models/${path}`);
      expect(response.status).toBe(200);
      expectApiHeaders(response.headers);
      expect(await response.json()).toEqual(entry);
    }
    for (const path of ['gpt-image-2', 'turing/gpt-image-2/x', 'turing%252Fgpt-image-2']) {
      const response = await fetch(`${url}/api/v1/models/${path}`);
      expect(response.status).toBe(404);
      await expectEnvelope(response, 'model_not_found');
    }
  });

  test('the body of a wrong method or address is not waited for', async () => {
    const body = Buffer.alloc(5_000_000);
    for (const path of ['/api/v1/nowhere', '/api/health']) {
      const response = await fetch(url + path, { method: 'POST', body });
      expect([404, 405]).toContain(response.status);
    }
  });
});

describe('where a request comes from', () => {
  const { url } = open;
  const host = new URL(url).host;

  for (const [headers, status] of [
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: `http://${host}` }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'http://evil.test' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `http://${host}` }, 200],
    [{}, 200],
  ] as const) {
    test(`${JSON.stringify(headers)} is ${status}`, async () => {
      for (const path of [paths.generations, paths.chat]) {
        const body = path === paths.chat ? chat('chat-ok') : picture('ok');
        const response = await send(url + path, body, { headers });
        expect(response.status).toBe(status);
        if (status === 403) await expectEnvelope(response, 'origin_not_allowed');
      }
    });
  }

  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    test(`${type}, which a form of another site can send, is 415`, async () => {
      for (const path of Object.values(paths)) {
        const response = await send(url + path, picture('ok'), {
          headers: { 'content-type': type },
        });
        expect(response.status).toBe(415);
        await expectEnvelope(response, 'unsupported_media_type');
      }
    });
  }
});
