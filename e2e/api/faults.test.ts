import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { createChatBytesReader } from '../../lib/client/answers/chat-reader';
import {
  createImagesBytesReader,
  type ImagesAnswerEvent,
} from '../../lib/client/answers/images-reader';
import type { PictureFile } from '../../lib/client/answers/picture-collector';
import { readAnswer } from '../../lib/client/answers/read-answer';
import { type AnswerTold, reduceAnswer } from '../../lib/core/chat/answer-state';
import { createAnswer } from '../../lib/core/chat/message';
import type { FailureKind } from '../../lib/core/runs/failure-kind';
import type { Run } from '../../lib/core/runs/run';
import type { RunFailure } from '../../lib/core/runs/run-failure';
import { onePixel, releaseStep } from '../fault-upstream';
import { open, upstream } from './servers';
import { chat, paths, picture, send } from './wire-kit';

// Every way in which the gateway can fail, as a run: what the page's own reader makes of it, whether
// it may have been charged, and that it went upstream once. What the page says of each kind of
// failure: lib/i18n/failure-words.test.ts; on a page: e2e/upstream-faults.spec.ts.

type Row = readonly [fault: string, kind: FailureKind, cost: 'charged' | 'free'];

const images: Row[] = [
  ['reset-before', 'hung_up', 'charged'],
  ['reset-late', 'broken_off', 'charged'],
  ['truncated-late', 'broken_off', 'charged'],
  ['five-megabytes-cut', 'broken_off', 'charged'],
  ['html', 'operator', 'charged'],
  ['cut-all', 'broken_off', 'charged'],
  ['empty', 'broken_answer', 'charged'],
  ['empty-list', 'broken_answer', 'charged'],
  ['no-picture', 'broken_answer', 'charged'],
  ['invalid-json', 'broken_answer', 'charged'],
  ['truncated-early', 'broken_answer', 'charged'],
  ['error-200', 'broken_answer', 'charged'],
  ['error-200-list', 'broken_answer', 'charged'],
  ['strange-encoding', 'broken_answer', 'charged'],
  ['redirect', 'operator', 'charged'],
  ['unauthorized', 'operator', 'free'],
  ['forbidden', 'operator', 'free'],
  ['no-path', 'operator', 'free'],
  ['detail', 'refused', 'free'],
  ['moderated', 'prompt_refused', 'free'],
  ['quota-spent', 'quota_spent', 'free'],
  ['content-filter', 'prompt_refused', 'free'],
  ['output-filter', 'output_refused', 'charged'],
  ['rate-limit', 'rate_limit', 'free'],
  ['rate-limit-day', 'rate_limit', 'free'],
  ['rate-limit-text', 'rate_limit', 'free'],
  ['html-413', 'too_large', 'free'],
  ['echo-key-error', 'refused', 'free'],
  ['server-error', 'server_error', 'charged'],
  ['odd-status', 'server_error', 'charged'],
  ['silent', 'timeout', 'charged'],
  ['silent-late', 'broken_off', 'charged'],
  ['huge-declared', 'answer_too_large', 'charged'],
];

const inChat: Row[] = [
  ['reset-before', 'hung_up', 'charged'],
  ['chat-reset-late', 'broken_off', 'charged'],
  ['chat-cut-event', 'broken_off', 'charged'],
  ['chat-silent-late', 'broken_off', 'charged'],
  ['chat-nothing', 'broken_answer', 'charged'],
  ['chat-error-first', 'broken_answer', 'charged'],
  ['chat-late-error', 'output_refused', 'charged'],
  ['empty-choices', 'broken_answer', 'charged'],
  ['html', 'operator', 'charged'],
  ['content-filter', 'prompt_refused', 'free'],
];

const cookie = `visitor=${randomUUID()}`;
const ask = (path: string, signal?: AbortSignal) =>
  fetch(open.url + path, { headers: { cookie }, signal });
const server = {
  fetchAnswer: ({ id, offset, signal }: { id: string; offset: number; signal: AbortSignal }) =>
    ask(`/api/runs/${id}/answer?offset=${offset}`, signal),
  fetchRun: async (id: string): Promise<Run> => (await ask(`/api/runs/${id}`)).json(),
};

async function start(path: string, body: unknown): Promise<string> {
  const id = randomUUID();
  const headers = { cookie, 'idempotency-key': id, prefer: 'respond-async' };
  expect((await send(open.url + path, body, { headers })).status).toBe(202);
  return id;
}

const reading = (id: string) => ({
  id,
  server,
  signal: new AbortController().signal,
  wait: (milliseconds: number) => pause(milliseconds).then(() => {}),
});

/** Runs an image request to its end, and gives what the page would know of it. */
async function runImages(fault: string) {
  return readImages(await start(paths.generations, picture(`${fault} in-a-run`)));
}

async function readImages(id: string) {
  let failure: RunFailure | null = null;
  const pictures: string[] = [];
  await readAnswer<ImagesAnswerEvent | PictureFile>({
    ...reading(id),
    openReader: createImagesBytesReader,
    report: (event) => {
      if (event.type === 'picture') pictures.push(event.picture.hash);
      if (event.type === 'trouble') failure = event.trouble;
    },
  });
  return { failure: failure as RunFailure | null, pictures };
}

/** Runs a turn of a conversation to its end, and gives what the page would know of it. */
async function runChat(fault: string) {
  const id = await start(paths.chat, chat(`${fault} in-a-run`));
  const request = { fields: {}, systemPrompt: '', pictures: [], picturesAs: 'blocks' };
  let answer = createAnswer({
    id,
    conversation: 'c',
    parent: 'p',
    now: Date.now(),
    request: request as unknown as Parameters<typeof createAnswer>[0]['request'],
  });
  await readAnswer<AnswerTold | PictureFile>({
    ...reading(id),
    openReader: createChatBytesReader,
    report: (event) => {
      if (event.type === 'file' || event.type === 'connection') return;
      answer = reduceAnswer(answer, event);
    },
  });
  return { failure: answer.trouble };
}

let beside: string;
beforeAll(async () => {
  beside = await start(paths.generations, picture('kept-alive'));
});

// All at the same time: some last as long as a silence may.
describe.concurrent('a gateway that fails', () => {
  test.each(images)('%s is %s, and %s', async (fault, kind, cost) => {
    const { failure } = await runImages(fault);
    expect(failure).toMatchObject({ kind, mayBeCharged: cost === 'charged' });
    expect(sent(fault, paths.generations)).toHaveLength(1);
  });

  test.each(inChat)('in a chat, %s is %s, and %s', async (fault, kind, cost) => {
    const { failure } = await runChat(fault);
    expect(failure).toMatchObject({ kind, mayBeCharged: cost === 'charged' });
    expect(sent(fault, paths.chat)).toHaveLength(1);
  });

  // `drip` comes byte by byte, which is slow and no silence.
  test.each([
    ['wrong-type', 1],
    ['gzip', 1],
    ['echo-key', 1],
    ['five-megabytes', 1],
    ['drip', 1],
    ['jpeg', 1],
    ['long-headers', 1],
    ['cut-one', 1],
    ['odd-places', 2],
  ] as const)('%s is odd, and still %i picture', async (fault, count) => {
    const { failure, pictures } = await runImages(fault);
    expect(failure).toBeNull();
    expect(pictures).toHaveLength(count);
    expect(sent(fault, paths.generations)).toHaveLength(1);
  });

  test('in a chat, events of another type are still an answer', async () => {
    expect((await runChat('chat-wrong-type')).failure).toBeNull();
  });
});

test('none has harmed a run beside it, and a redirect was not followed', async () => {
  expect(upstream.requests.filter(({ path }) => path.includes('elsewhere'))).toEqual([]);
  expect(await server.fetchRun(beside)).toMatchObject({ state: 'answering' });
  await expect
    .poll(async () => {
      releaseStep();
      return (await server.fetchRun(beside)).state;
    })
    .toBe('done');
  const { data } = await (await ask(`/api/runs/${beside}/answer`)).json();
  expect(data).toEqual([{ b64_json: onePixel }, { b64_json: onePixel }]);
});

test('a gateway that takes no connections is unreachable, and nothing was made', async () => {
  upstream.refuse();
  try {
    const { failure } = await runImages('refused');
    expect(failure).toMatchObject({ kind: 'unreachable', mayBeCharged: false });
  } finally {
    await upstream.accept();
  }
  expect(sent('refused', paths.generations)).toEqual([]);
});

test('a gateway that breaks off an upload has made nothing', async () => {
  const form = new FormData();
  form.append('model', 'turing/gpt-image-2');
  form.append('prompt', 'fault:close-upload');
  const file = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(8_000_000)]);
  form.append('image', new Blob([file], { type: 'image/png' }), 'large.png');
  const id = randomUUID();
  const headers = { cookie, 'idempotency-key': id, prefer: 'respond-async' };
  const started = await fetch(open.url + paths.edits, { method: 'POST', headers, body: form });
  expect(started.status).toBe(202);
  const { failure } = await readImages(id);
  expect(failure).toMatchObject({ kind: 'upload_cut', mayBeCharged: false });
  const seen = upstream.requests.filter(({ body }) => body.includes('fault:close-upload'));
  expect(seen.map(({ complete }) => complete)).toEqual([false]);
});

/** What has arrived upstream of one fault. */
function sent(fault: string, path: string) {
  const prompt = `"fault:${fault} in-a-run"`;
  return upstream.requests.filter((one) => one.path === path && one.body.includes(prompt));
}
