import { describe, expect, it } from 'vitest';
import type { Run } from '../../core/runs/run';
import type { BytesReader } from './read-answer';
import {
  body,
  done,
  lost,
  onePixel,
  page,
  read,
  runId,
  silentAt,
  upTo,
  whole,
} from './read-answer.setup';

describe('readAnswer', () => {
  it('gives up at once where nobody is signed in', async () => {
    const error = { message: 'Sign in', type: 'authentication_error', code: 'sign_in_required' };
    const { events, offsets } = await read({
      replies: [() => Response.json({ error }, { status: 401 })],
    });
    expect(offsets).toEqual([0]);
    expect(events).toMatchObject([{ type: 'trouble', trouble: { kind: 'signed_out' } }]);
  });

  it('reports each picture once it is whole, and says which one is damaged', async () => {
    const { end, pictures, files } = await read({ replies: [whole] });
    expect(pictures.map(({ index }) => index)).toEqual([0, 2]);
    expect(files[0]?.size).toBe(atob(onePixel).length);
    expect(pictures[0]?.picture).toMatchObject({ header: { format: 'png', width: 1, height: 1 } });
    // The same file has the same hash: it is kept once.
    expect(pictures[0]?.picture.hash).toBe(pictures[1]?.picture.hash);
    expect(end).toMatchObject({
      type: 'end',
      durationMs: 4000,
      answer: { usage: { total_tokens: 3 }, items: [{}, { kind: 'invalid' }, {}] },
    });
  });

  it('keeps how the answer came, before it ends: status, id, times, text without pictures', async () => {
    const named = (offset: number) => {
      const reply = whole(offset);
      reply.headers.set('x-request-id', 'req-1');
      return reply;
    };
    const half = upTo(20, { breaks: true });
    const { events } = await read({ replies: [half, named] });
    const text = new TextDecoder().decode(body);
    expect(events.at(-2)).toEqual({
      type: 'answered',
      facts: { status: 200, requestId: 'req-1', firstByteMs: 1000, durationMs: 4000, text },
      firstPictureAt: null,
    });
    const error = { message: 'No.', type: 't', param: null, code: 'c' };
    const refused = () => Response.json({ error }, { status: 400, headers: runId });
    const { events: after } = await read({ replies: [refused] });
    const facts = { status: 400, text: JSON.stringify({ error }) };
    expect(after).toMatchObject([{ type: 'answered', facts }, { type: 'trouble' }]);
  });

  it('names a picture by the SHA-256 of its file', async () => {
    const { pictures, files } = await read({ replies: [whole] });
    const file = await files[0]?.arrayBuffer();
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', file ?? new ArrayBuffer(0)));
    expect(pictures[0]?.picture.hash).toBe(digest.toString('hex'));
  });

  it('takes a lost connection up again from its byte, wherever it broke', async () => {
    for (let cut = 0; cut <= body.length; cut++) {
      const { end, pictures, offsets } = await read({
        replies: [upTo(cut, { breaks: true }), lost, whole],
      });
      expect(offsets).toEqual([0, cut, cut]);
      expect(pictures).toHaveLength(2);
      expect(end?.type).toBe('end');
    }
  });

  it('does not take the end of a connection for the end of the answer', async () => {
    const halfway = Math.floor(body.length / 2);
    const running = { ...done, state: 'answering' as const, endedAt: null, bytes: halfway };
    const { end, offsets } = await read({
      replies: [upTo(halfway), whole],
      runs: [running, done],
    });
    expect(offsets).toEqual([0, halfway]);
    expect(end?.type).toBe('end');
  });

  it('keeps what came of a run that failed in mid-answer, and says that it broke off', async () => {
    const cut = body.length - 30;
    const failed: Run = {
      ...done,
      state: 'failed',
      bytes: cut,
      error: {
        message: 'broke',
        type: 'server_error',
        param: null,
        code: 'upstream_invalid_answer',
      },
    };
    const { end, pictures } = await read({ replies: [upTo(cut)], runs: [failed] });
    expect(pictures.map(({ index }) => index)).toContain(0);
    expect(end).toMatchObject({
      type: 'trouble',
      trouble: { kind: 'broken_off', mayBeCharged: true },
    });
  });

  it('reads the trouble of a refusal', async () => {
    const refusal = () =>
      new Response('{"error":{"message":"no","code":"contentFilter"}}', {
        status: 400,
        headers: runId,
      });
    const { end } = await read({ replies: [refusal] });
    expect(end).toMatchObject({ type: 'trouble', trouble: { kind: 'prompt_refused' } });
  });

  it('waits while there is no answer yet', async () => {
    const notYet = () => new Response('{}', { status: 202, headers: runId });
    const { end, waits } = await read({ replies: [notYet, notYet, whole] });
    expect(waits).toHaveLength(2);
    expect(end?.type).toBe('end');
  });

  it('gets over a proxy that hiccups, and says what a proxy says that stays', async () => {
    const hiccup = await read({ replies: [page(502), page(502), whole] });
    expect(hiccup.end?.type).toBe('end');
    const stays = await read({ replies: Array.from({ length: 9 }, () => page(502)) });
    expect(stays.end).toMatchObject({ trouble: { kind: 'proxy_unavailable', status: 502 } });
  });

  it('says when the connection is lost, and when it is there again', async () => {
    const { events } = await read({ replies: [lost, lost, lost, whole] });
    expect(events.filter(({ type }) => type === 'connection')).toEqual([
      { type: 'connection', isLost: true },
      { type: 'connection', isLost: false },
    ]);
  });

  it.each([
    ['a proxy’s page', Array.from({ length: 9 }, () => page(502))],
    [
      'a refusal',
      [
        lost,
        lost,
        () => new Response('{"error":{"message":"no"}}', { status: 400, headers: runId }),
      ],
    ],
  ])('does not leave the connection lost when it ends by %s', async (_, replies) => {
    const { events } = await read({ replies });
    const told = events.flatMap((event) => (event.type === 'connection' ? [event.isLost] : []));
    expect(told).toEqual([true, false]);
  });

  it('takes up from its byte what has fallen silent though there is more', async () => {
    const halfway = Math.floor(body.length / 2);
    const { end, offsets } = await read({ replies: [silentAt(halfway), whole], isSilent: true });
    expect(offsets).toEqual([0, halfway]);
    expect(end?.type).toBe('end');
  });

  it('waits on where the upstream is silent, for as long as it is', async () => {
    const halfway = Math.floor(body.length / 2);
    const silent: Run = { ...done, state: 'answering', endedAt: null, bytes: halfway };
    const { end, offsets } = await read({
      replies: [silentAt(halfway), whole],
      runs: [silent, silent, silent, done],
      isSilent: true,
    });
    expect(offsets).toEqual([0, halfway]);
    expect(end?.type).toBe('end');
  });

  it('says so when the server has forgotten the run in the meantime', async () => {
    const { end } = await read({ replies: [whole], runs: [undefined] });
    expect(end).toMatchObject({ trouble: { kind: 'lost', mayBeCharged: true } });
  });
});

describe('a reader that throws what nobody knows of', () => {
  const broken = () => {
    throw new TypeError('URL.canParse is not a function');
  };
  const throwing = {
    'at a piece of the answer': (reader: BytesReader) => ({ ...reader, write: broken }),
    'at its end': (reader: BytesReader) => ({ ...reader, end: broken }),
    'when it gives up, too': () => ({ write: broken, end: broken, giveUp: broken }),
  };

  it.each(Object.entries(throwing))('%s: once, the answer is read anew', async (_, once) => {
    const { end, offsets, pictures } = await read({ replies: [whole, whole], readers: [once] });
    expect(offsets).toEqual([0, 0]);
    expect(end?.type).toBe('end');
    expect(new Set(pictures.map(({ index }) => index))).toEqual(new Set([0, 2]));
  });

  it.each(Object.entries(throwing))('%s: twice, that is the end', async (_, each) => {
    const { end, offsets, waits } = await read({ replies: [whole, whole], readers: [each, each] });
    expect(offsets).toEqual([0, 0]);
    expect(waits).toEqual([]);
    expect(end).toMatchObject({
      type: 'trouble',
      trouble: { kind: 'unread', message: 'TypeError: URL.canParse is not a function' },
    });
  });

  it('reports nothing more once another has begun', async () => {
    let late = () => {};
    const first = (reader: BytesReader): BytesReader => {
      late = () => reader.write(body);
      return { ...reader, write: broken };
    };
    const second = (reader: BytesReader): BytesReader => {
      late();
      return reader;
    };
    const { pictures } = await read({ replies: [whole, whole], readers: [first, second] });
    expect(pictures.map(({ index }) => index)).toEqual([0, 2]);
  });
});
