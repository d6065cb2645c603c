import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type FaultUpstream, startFaultUpstream } from '../../../e2e/fault-upstream';
import type { EndpointName } from '../../core/models/model';
import { hasEnded, type Run, type RunList } from '../../core/runs/run';
import { anybody, type Caller } from '../access/caller';
import { type Config, readConfig } from '../config';
import { serve } from '../serve';
import { openDiskStore } from './disk-store';
import { handleListRuns } from './list-runs';
import { handleDeleteRun, handleShowAnswer, handleShowRun } from './run-handlers';
import type { OwnedRun, RunKey, RunStore } from './run-store';

export const apiKey = 'sk-secret/0123456789';
const gibibyte = 1024 ** 3;

type StoreOptions = Partial<Parameters<typeof openDiskStore>[0]>;

/** The server side of runs as tests use it: handlers, a store in a folder of its own, an upstream. */
export class Playground {
  visitor: string = randomUUID();
  caller: Caller = anybody;
  readonly upstream: FaultUpstream;
  readonly dataDir: string;
  config: Config;
  store: RunStore;

  private constructor(options: { upstream: FaultUpstream; dataDir: string; store: RunStore }) {
    this.upstream = options.upstream;
    this.dataDir = options.dataDir;
    this.store = options.store;
    this.config = {
      ...readConfig({}),
      gateway: { mode: 'gateway', baseUrl: options.upstream.url, apiKey },
      timeoutMs: 5000,
    };
  }

  static async open(options: StoreOptions = {}): Promise<Playground> {
    const upstream = await startFaultUpstream();
    const dataDir = await mkdtemp(join(tmpdir(), 'runs-'));
    return new Playground({ upstream, dataDir, store: await openStore(dataDir, options) });
  }

  /** What a killed and restarted server has: a new store over the same folder. */
  async restart(options: StoreOptions = {}): Promise<void> {
    this.store = await openStore(this.dataDir, options);
  }

  async close(): Promise<void> {
    await this.upstream.close();
    // What is still under way loses its upstream, and is saved a last time.
    await expect.poll(async () => (await this.list()).runs.every(hasEnded)).toBe(true);
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 9, retryDelay: 20 });
  }

  get #headers(): Record<string, string> {
    return { host: 'playground.test', cookie: `visitor=${this.visitor}` };
  }

  /** A request for a run; `body` is JSON unless it is a form. */
  request({
    id = randomUUID() as string,
    body,
    headers = {},
    ...init
  }: {
    id?: string;
    body: unknown;
    headers?: Record<string, string>;
    signal?: AbortSignal;
  }): Request {
    const raw = body instanceof FormData || body instanceof ReadableStream;
    return new Request('http://playground.test/api/v1/x', {
      method: 'POST',
      headers: {
        ...this.#headers,
        'idempotency-key': id,
        prefer: 'respond-async',
        ...(raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: (raw ? body : JSON.stringify(body)) as BodyInit,
      duplex: 'half',
      ...init,
    } as RequestInit);
  }

  start(
    endpoint: EndpointName,
    request: Request,
    changes: Partial<Config> = {},
  ): Promise<Response> {
    const config = { ...this.config, ...changes };
    const { caller } = this;
    return serve(endpoint, request, { caller, config, store: async () => this.store });
  }

  /** Starts a run of one picture whose prompt is given. */
  picture(prompt: string, id = randomUUID() as string, changes: Partial<Config> = {}) {
    const body = { model: 'turing/gpt-image-2', prompt };
    return this.start('generations', this.request({ id, body }), changes);
  }

  /** Starts a run of a streamed chat. */
  chat(text: string, id = randomUUID() as string, changes: Partial<Config> = {}) {
    const messages = [{ role: 'user', content: text }];
    const body = { model: 'turing/gemini-3-pro-image', stream: true, messages };
    return this.start('chat', this.request({ id, body }), changes);
  }

  #ask(
    id: string,
    { method = 'GET', query = '', visitor = this.visitor, headers = {}, ...init } = {},
  ) {
    const request = new Request(`http://playground.test/api/runs/${id}${query}`, {
      method,
      headers: { ...this.#headers, cookie: `visitor=${visitor}`, ...headers },
      ...init,
    });
    return { request, id, store: Promise.resolve(this.store) };
  }

  show(id: string, visitor = this.visitor): Promise<Response> {
    return handleShowRun(this.#ask(id, { visitor }));
  }

  answer(
    id: string,
    {
      offset = '0',
      waitMs = 5000,
      ...init
    }: { offset?: string; waitMs?: number; visitor?: string; signal?: AbortSignal } = {},
  ): Promise<Response> {
    return handleShowAnswer({
      ...this.#ask(id, { query: `/answer?offset=${offset}`, ...init }),
      waitMs,
    });
  }

  remove(id: string, visitor = this.visitor, headers = {}): Promise<Response> {
    const asked = this.#ask(id, { method: 'DELETE', visitor, headers });
    return handleDeleteRun({ ...asked, config: this.config });
  }

  async list(now?: number): Promise<RunList> {
    const { request, store } = this.#ask('');
    const clock = now === undefined ? {} : { now: () => now };
    return (await handleListRuns(request, { store, ...clock })).json() as Promise<RunList>;
  }

  /** The list as it goes over the wire. */
  listed(
    query = '',
    init: { headers?: Record<string, string>; signal?: AbortSignal } = {},
  ): Promise<Response> {
    const { request, store } = this.#ask('', { query, ...init });
    return handleListRuns(request, { store });
  }

  async run(id: string): Promise<Run> {
    return (await this.show(id)).json() as Promise<Run>;
  }

  /** Waits until a run is in a state. */
  async reach(id: string, state: Run['state']): Promise<Run> {
    await expect.poll(async () => (await this.run(id)).state, { interval: 5 }).toBe(state);
    return this.run(id);
  }
}

function openStore(dataDir: string, options: StoreOptions): Promise<RunStore> {
  const day = 24 * 60 * 60 * 1000;
  return openDiskStore({ dataDir, maxBytes: gibibyte, maxAgeMs: day, ...options });
}

/** Claims a key that must be free. */
export async function claimNew(
  store: RunStore,
  key: RunKey,
  start: Parameters<RunStore['claim']>[1],
): Promise<OwnedRun> {
  const claim = await store.claim(key, start);
  if (!claim.isNew) throw new Error('The key is not free.');
  return claim.run;
}

/** The error of an answer, with its status. */
export async function errorIn(response: Response): Promise<Record<string, unknown>> {
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  return { ...error, status: response.status };
}

/** A form with one file, as a page sends it. */
export function editFormData({ prompt = 'p', bytes = 100 }: { prompt?: string; bytes?: number }) {
  const form = new FormData();
  form.append('model', 'turing/gpt-image-2');
  form.append('prompt', prompt);
  const picture = Buffer.alloc(bytes);
  pngHead.copy(picture);
  form.append('image', new Blob([picture], { type: 'image/png' }), 'a.png');
  return form;
}

const pngHead = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
