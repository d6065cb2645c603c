import { describe, expect, it } from 'vitest';
import { turnBody } from '../chat/turn-body';
import type { ChatEvent } from '../endpoints/chat/answer';
import { type Cell, picturesOf, withoutPicture } from '../runs/run-entry';
import { failureOfNetwork } from '../runs/run-failure';
import {
  type CellEvent,
  conversationOf,
  createCell,
  hasOnlyWords,
  holdsPlace,
  linksOf,
  reduceCell,
  reopenedCell,
  wordsOf,
} from './cell';

const place = { experiment: 'e', key: 'k', attempt: 1 };
const turn = { model: 'g', stream: true };
const request = { model: 'g', prompt: 'a fox' };
const chat = createCell({
  id: 'id',
  cell: place,
  sends: { endpoint: 'chat', request, turn },
  now: 5,
});
const image = createCell({
  id: 'id',
  cell: place,
  sends: { endpoint: 'generations', request: { model: 'm', prompt: 'p', n: 2 } },
  now: 5,
});
const told = (cell: Cell, ...events: CellEvent[]) => events.reduce(reduceCell, cell);
const said = (...events: ChatEvent[]): CellEvent => ({ type: 'said', events, isFirst: false });
const picture = (hash: string, block = {}): ChatEvent => ({
  type: 'picture',
  picture: { hash, byteLength: 1, header: undefined },
  writing: { prefix: '', alphabet: 'base64', isPadded: true },
  block,
});
const end: CellEvent = { type: 'end', durationMs: 9 };

describe('a cell of an image endpoint', () => {
  it('is a run like every other', () => {
    expect(image).toMatchObject({ state: 'queued', asked: 2, cell: place, createdAt: 5 });
    const arrived = told(image, {
      type: 'picture',
      index: 1,
      picture: { kind: 'picture', hash: 'a', byteLength: 1, header: undefined },
    });
    expect(picturesOf(arrived)).toMatchObject([{ index: 1, picture: { hash: 'a' } }]);
    expect(reopenedCell(arrived).slots).toEqual(image.slots);
  });
});

describe('a cell of the chat', () => {
  it('has its pictures in its slots, and its words beside them', () => {
    expect(chat.slots).toEqual([{ kind: 'waiting' }]);
    const arriving = told(chat, said({ type: 'arriving', bytes: 7 }));
    expect(arriving.slots).toEqual([{ kind: 'arriving', bytes: 7 }]);
    const done = told(
      arriving,
      said(picture('a'), { type: 'text-delta', text: 'Here ' }),
      said({ type: 'text-delta', text: 'it is.' }),
      end,
    );
    expect(done).toMatchObject({ state: 'done', durationMs: 9, request, cell: place });
    expect(picturesOf(done).map(({ picture: { hash } }) => hash)).toEqual(['a']);
    expect(wordsOf(done)).toBe('Here it is.');
    expect(hasOnlyWords(done)).toBe(false);
  });

  it('does not show what was drawn on the way', () => {
    const done = told(chat, said(picture('draft', { thought: true }), picture('a')), end);
    expect(picturesOf(done).map(({ picture: { hash } }) => hash)).toEqual(['a']);
  });

  it('can have nothing but words', () => {
    const done = told(chat, said({ type: 'text-delta', text: 'I cannot draw that.' }), end);
    expect(done).toMatchObject({ state: 'done', slots: [] });
    expect(hasOnlyWords(done)).toBe(true);
  });

  it('can have an address in place of a picture, whatever it says beside it', () => {
    const url = 'https://pictures.test/fox.png';
    const link: ChatEvent = { type: 'link', url, host: 'pictures.test', block: {} };
    const done = told(chat, said({ type: 'text-delta', text: 'Here it is.' }, link), end);
    expect(linksOf(done)).toEqual([url]);
    expect(hasOnlyWords(done)).toBe(false);
    expect(holdsPlace(done)).toBe(true);
  });

  it('can have nothing at all, and gives its place up then', () => {
    const done = told(chat, said({ type: 'text-delta', text: ' ' }), end);
    expect(done.state).toBe('done');
    expect(holdsPlace(done)).toBe(false);
  });

  it('fails by an error in the midst of its answer', () => {
    const error = { message: 'Refused.', type: 'x', param: null, code: 'moderation_blocked' };
    const failed = told(chat, said({ type: 'error', envelope: { error } }), end);
    expect(failed).toMatchObject({ state: 'failed', trouble: { message: 'Refused.' } });
  });

  it('begins anew when it is tried again', () => {
    const trouble = failureOfNetwork('');
    const pause: CellEvent = { type: 'pause', trouble, nextTry: { key: 'next', at: 1 } };
    const pausing = told(chat, said(picture('a'), { type: 'text-delta', text: 'x' }), pause);
    expect(pausing).toMatchObject({ state: 'pausing', slots: [{ kind: 'waiting' }] });
    expect(wordsOf(pausing)).toBe('');
    const failed = told(chat, { type: 'trouble', trouble, durationMs: null });
    expect(reopenedCell(failed)).toMatchObject({ state: 'queued', slots: [{ kind: 'waiting' }] });
  });

  it('notes what is measured after its end, and keeps a removed picture removed', () => {
    const done = told(chat, said(picture('a'), picture('b')), end);
    const removed = withoutPicture(done, 0, 7);
    const measured = told(removed, { type: 'transparency', hash: 'b', isTransparent: true });
    expect(measured.slots).toMatchObject([
      { kind: 'removed' },
      { kind: 'picture', hash: 'b', isTransparent: true },
    ]);
  });

  it('sends one message, with its pictures', () => {
    const reference = { hash: 'r', byteLength: 3, header: undefined, name: 'r.png' };
    const cell = createCell({
      id: 'id',
      cell: place,
      sends: {
        endpoint: 'chat',
        request,
        turn,
        edit: { references: [reference], mask: null, parent: null },
      },
      now: 5,
    });
    const [message, answer] = conversationOf(cell, turn);
    const pieces = turnBody([message], answer.request, answer.id);
    const body = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.hash)).join('');
    expect(JSON.parse(body)).toEqual({
      ...turn,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a fox' },
            { type: 'image_url', image_url: { url: 'r' } },
          ],
        },
      ],
    });
  });
});
