import { afterAll, beforeAll, beforeEach } from 'vitest';
import { onePixel, type SeenRequest, startFaultUpstream } from '../../e2e/fault-upstream';
import type { EndpointName } from '../core/models/model';
import { type Config, readConfig } from './config';
import { serve } from './serve';

// What the tests of `serve` share: an upstream that misbehaves on request, and requests to it.

export const apiKey = 'sk-secret/0123456789';
/** Started before the tests of a file that calls `startUpstream`. */
export let upstream: Awaited<ReturnType<typeof startFaultUpstream>>;
let config: Config;

/** Has a file's tests their own upstream, and each test count its own requests. */
export function startUpstream(): void {
  beforeAll(async () => {
    upstream = await startFaultUpstream();
    config = {
      ...readConfig({}),
      gateway: { mode: 'gateway', baseUrl: upstream.url, apiKey },
      timeoutMs: 5000,
    };
  });
  beforeEach(() => {
    upstream.requests.length = 0;
  });
  afterAll(() => upstream.close());
}

export const jsonRequest = (body: unknown, init: RequestInit = {}) =>
  new Request('http://playground.test/api/v1/x', {
    method: 'POST',
    headers: { 'content-type': 'application/json', host: 'playground.test' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
export const picture = (prompt: string, more = {}) =>
  jsonRequest({ model: 'turing/gpt-image-2', prompt, ...more });
export const chat = (text: string, more = {}) =>
  jsonRequest({
    model: 'turing/gemini-3-pro-image',
    stream: true,
    messages: [{ role: 'user', content: text }],
    ...more,
  });
export const post = (endpoint: EndpointName, request: Request, changes: Partial<Config> = {}) =>
  serve(endpoint, request, { config: { ...config, ...changes } });
export const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  return { ...error, status: response.status } as Record<string, unknown>;
};
export const lastSeen = () => upstream.requests.at(-1) as SeenRequest;
export const png = () => new Blob([Buffer.from(onePixel, 'base64')], { type: 'image/png' });
