import { pathTo } from '../../core/chat/conversation';
import type { Answer, ChatMessage } from '../../core/chat/message';
import { turnBody } from '../../core/chat/turn-body';
import { failureOfLostReference, type RunFailure } from '../../core/runs/run-failure';
import type { EncodedRequest } from '../api/api';
import { connectWorker } from '../browser/worker-rpc';
import { loadPicture } from '../pictures/picture-files';
import { weighBlob } from '../pictures/weigh-blob';
import type { EncodeWorker } from './encode.worker';
import type { FilePiece } from './encode-body';

const encoder = connectWorker<EncodeWorker>(
  () => new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' }),
);

/**
 * Encodes the request of an answer. Encoding it again gives the same bytes, because the messages
 * before it never change and the files are read from the storage.
 * @returns the failure instead, if a file is not stored any more: nothing has been sent
 * @throws if a file cannot be read at the moment, or the worker fails
 */
export async function encodeTurn(
  answer: Answer,
  messages: ReadonlyMap<string, ChatMessage>,
): Promise<EncodedRequest | { trouble: RunFailure }> {
  const { request, parent, id } = answer;
  const path = pathTo(messages, parent ?? '');
  const pieces: (string | FilePiece)[] = [];
  for (const piece of turnBody(path, request, id)) {
    if (typeof piece === 'string') pieces.push(piece);
    else {
      const file = await loadPicture(piece.hash);
      if (!file) return { trouble: failureOfLostReference(nameOf(piece.hash, path)) };
      pieces.push({ file, writing: piece.writing });
    }
  }
  if (pieces.every((piece) => typeof piece === 'string')) {
    return { endpoint: 'chat', body: pieces.join('') };
  }
  return { endpoint: 'chat', body: weighBlob(await encoder.call('encode', { pieces })) };
}

function nameOf(hash: string, path: readonly ChatMessage[]): string {
  const named = path.flatMap((message) => (message.role === 'user' ? message.pictures : []));
  return named.find((picture) => picture.hash === hash)?.name ?? '';
}
