import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Run } from '../../lib/core/runs/run';
import { type AppServer, apiKey, startApp } from '../app-server';
import { onePixel } from '../fault-upstream';
import { startPostgres, type TestPostgres } from './start-postgres';

/** One POST as the gateway saw it, to its last byte. */
export interface SeenPost {
  prompt: string;
  at: number;
  response: ServerResponse;
  isOpen: () => boolean;
}

/** A gateway that answers when it is told to. */
export interface HeldUpstream {
  url: string;
  posts: SeenPost[];
  /** Those of one prompt. */
  of(prompt: string): SeenPost[];
  /** Resolves when a prompt has come. */
  arrival(prompt: string): Promise<SeenPost>;
  close(): void;
}

/** The end of an answer whose beginning is `answerStart`. */
export const answerStart = '{"created":1,"data":[{"b64_json":"';
export const answerEnd = '"}]}';

/** The bytes of a picture as base64, at least so long. */
export function pictureText(length: number): string {
  const rest = length - onePixel.length;
  // What follows the last chunk of a PNG is left alone by its readers.
  const whole = Buffer.concat([
    Buffer.from(onePixel, 'base64'),
    Buffer.alloc(Math.max(0, Math.ceil((rest * 3) / 4)), 7),
  ]);
  return whole.toString('base64');
}

export async function startHeldUpstream(): Promise<HeldUpstream> {
  const posts: SeenPost[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { prompt } = JSON.parse(Buffer.concat(chunks).toString()) as { prompt: string };
      let isOpen = true;
      response.once('close', () => {
        isOpen = false;
      });
      posts.push({ prompt, at: Date.now(), response, isOpen: () => isOpen });
    });
    request.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const of = (prompt: string) => posts.filter((one) => one.prompt === prompt);
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    posts,
    of,
    async arrival(prompt) {
      for (;;) {
        const [found] = of(prompt);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Gives a whole good answer. */
export function answerWhole({ response }: SeenPost, length = 1000): string {
  const text = answerStart + pictureText(length) + answerEnd;
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  return text;
}

/** Several servers over one database, in front of one gateway. */
export interface Cluster {
  postgres: TestPostgres;
  databaseUrl: string;
  upstream: HeldUpstream;
  servers: AppServer[];
  close(): Promise<void>;
}

export async function startCluster(
  count: number,
  settings: Record<string, string> = {},
): Promise<Cluster> {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.database();
  const upstream = await startHeldUpstream();
  const servers = await Promise.all(
    Array.from({ length: count }, () =>
      startApp({
        TURING_BASE_URL: upstream.url,
        TURING_API_KEY: apiKey,
        DATABASE_URL: databaseUrl,
        ...settings,
      }),
    ),
  );
  await Promise.all(servers.map(({ url }) => ready(url)));
  return {
    postgres,
    databaseUrl,
    upstream,
    servers,
    async close() {
      upstream.close();
      await Promise.all(servers.map((server) => server.stop()));
      await postgres.close();
    },
  };
}

/** Resolves when a server is ready to take people. */
export async function ready(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A browser without a page. */
export class Visitor {
  readonly id: string = randomUUID();

  private get headers(): Record<string, string> {
    return { cookie: `visitor=${this.id}` };
  }

  /** Starts a run. */
  start(url: string, prompt: string, key: string = randomUUID()): Promise<Response> {
    return fetch(`${url}/api/v1/images/generations`, {
      method: 'POST',
      headers: {
        ...this.headers,
        'content-type': 'application/json',
        'idempotency-key': key,
        prefer: 'respond-async',
      },
      body: JSON.stringify({ model: 'turing/gpt-image-2', prompt }),
    });
  }

  async run(url: string, key: string): Promise<Run> {
    const answer = await fetch(`${url}/api/runs/${key}`, { headers: this.headers });
    return (await answer.json()) as Run;
  }

  answer(url: string, key: string, offset = 0): Promise<Response> {
    return fetch(`${url}/api/runs/${key}/answer?offset=${offset}`, { headers: this.headers });
  }

  remove(url: string, key: string): Promise<Response> {
    return fetch(`${url}/api/runs/${key}`, { method: 'DELETE', headers: this.headers });
  }
}
