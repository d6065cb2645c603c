import { pictureFileName } from '../../core/pictures/file-name';
import { momentOf } from '../../core/runs/run-state';
import { findMessage } from './conversations-store';

/** The user's words for a picture of a message: those beside it, or those that it answers. */
export function wordsFor(messageId: string): string {
  const message = findMessage(messageId);
  if (message?.role === 'user') return message.text;
  const question = findMessage(message?.parent ?? '');
  return question?.role === 'user' ? question.text : '';
}

/** The file name for a picture of a message, by its index among the message's pictures or parts. */
export function namePicture({
  messageId,
  index,
  format = 'bin',
}: {
  messageId: string;
  index: number;
  format: string | undefined;
}): string {
  const message = findMessage(messageId);
  // The parts of an answer include texts, which are not counted.
  const number =
    message?.role === 'assistant'
      ? message.parts.slice(0, index).filter(({ kind }) => kind === 'picture').length
      : index;
  const at = message?.role === 'assistant' ? momentOf(message) : (message?.createdAt ?? 0);
  return pictureFileName({ prompt: wordsFor(messageId), at, index: number, format });
}
