import type { Answer, ChatMessage } from '../../core/chat/message';
import { pathTo } from '../../core/chat/message-tree';
import { turnBody } from '../../core/chat/turn-body';
import { failureOfLostReference, type RunFailure } from '../../core/runs/run-failure';
import type { EncodedRequest } from '../api/api';
import { createWorkerLine } from '../browser/worker-line';
import { loadPicture } from '../pictures/picture-files';
import { weighBlob } from '../pictures/weigh-blob';
import type { EncodedBody, EncodeOrder, FilePiece } from './encode-messages';

const write = createWorkerLine<EncodeOrder, EncodedBody>(
  () => new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' }),
);

/**
 * The request of an answer as the wire has it, the same each time: what was said before it is never
 * changed, and its files are read from where they are kept.
 * @returns the trouble instead, if a file is not kept any more: nothing has been sent
 * @throws if it cannot be written at the moment
 */
export async function encodeTurn(
  answer: Answer,
  messages: ReadonlyMap<string, ChatMessage>,
): Promise<EncodedRequest | { trouble: RunFailure }> {
  const { request, parent, id } = answer;
  const path = pathTo(messages, parent ?? '');
  const pieces: (string | FilePiece)[] = [];
  for (const piece of turnBody({ path, request, nonce: id })) {
    if (typeof piece === 'string') pieces.push(piece);
    else {
      const file = await loadPicture(piece.hash);
      if (!file) return { trouble: failureOfLostReference(nameOf(piece.hash, path)) };
      pieces.push({ file, writing: piece.writing });
    }
  }
  const isText = pieces.every((piece) => typeof piece === 'string');
  const body = isText ? pieces.join('') : (await write({ pieces }))?.body;
  if (body === undefined) throw new Error('The request could not be written.');
  return { endpoint: 'chat', body: typeof body === 'string' ? body : weighBlob(body) };
}

function nameOf(hash: string, path: readonly ChatMessage[]): string {
  const named = path.flatMap((message) => (message.role === 'user' ? message.pictures : []));
  return named.find((picture) => picture.hash === hash)?.name ?? '';
}
