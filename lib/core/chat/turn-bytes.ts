import type { LiftedText } from '../endpoints/chat/answer';
import { type ChatMessage, createUserMessage, pictureKey, type TurnRequest } from './message';
import { type BodyPiece, turnBody } from './turn-body';

/**
 * How many bytes the body of a turn has, as `turnBody` writes it. This is asked at every key that is
 * pressed, and the fields that an answer came with may be megabytes: what a message takes is counted
 * once for what is sent of it.
 */
export function turnBytes(path: readonly ChatMessage[], request: TurnRequest): number {
  const sizes = path.map((message) => messageBytes(message, request)).filter((size) => size > 0);
  const commas = Math.max(0, sizes.length - (request.systemPrompt.trim() === '' ? 1 : 0));
  return sizes.reduce((sum, size) => sum + size, count([], request) + commas);
}

const known = new WeakMap<ChatMessage, { sent: string; bytes: number }>();
const none: TurnRequest = {
  fields: { model: '' },
  systemPrompt: '',
  pictures: [],
  picturesAs: 'blocks',
};
const empty = count([], none);

function messageBytes(message: ChatMessage, { pictures, picturesAs }: TurnRequest): number {
  const its = pictures.filter((key) => key.startsWith(pictureKey(message.id, 0).slice(0, -1)));
  const sent = [picturesAs, ...its].join();
  const before = known.get(message);
  if (before?.sent === sent) return before.bytes;
  const request = { ...none, pictures: its, picturesAs };
  const isAnswer = message.role === 'assistant';
  // As the designer's own, the pictures of an answer stand in the message that follows it.
  const bytes =
    isAnswer && picturesAs === 'user'
      ? count([message, follower], request) - count([follower], request) - 1
      : count([message], request) - empty;
  known.set(message, { sent, bytes });
  return bytes;
}

const follower = createUserMessage({
  id: '',
  conversation: '',
  parent: null,
  now: 0,
  text: '-',
  pictures: [],
});

function count(path: readonly ChatMessage[], request: TurnRequest): number {
  return turnBody({ path, request, nonce: 'nonce' })
    .map(bytesOf)
    .reduce((sum, bytes) => sum + bytes, 0);
}

function bytesOf(piece: BodyPiece): number {
  return typeof piece === 'string' ? utf8(piece) : pictureBytes(piece);
}

function pictureBytes({ byteLength, writing: { prefix, isPadded } }: LiftedText): number {
  const base64 = isPadded ? Math.ceil(byteLength / 3) * 4 : Math.ceil((byteLength * 4) / 3);
  return utf8(JSON.stringify(prefix)) - 2 + base64;
}

function utf8(text: string): number {
  return new TextEncoder().encode(text).length;
}
