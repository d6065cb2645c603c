import type { Model } from '../models/model';
import { uprightSize } from '../pictures/stored-picture';
import { aspectOf } from '../sizes/size-shapes';
import { type Answer, type AnswerPart, type ChatMessage, isDraft } from './message';
import { expectedPicture } from './settings';

/**
 * Width over height of the picture that an answer is still to bring: what was asked for, else the shape
 * of the last picture before it. Undefined if it has one already, or brings words only.
 * @param path the messages before it
 */
export function awaitedAspect(
  { parts, request: { fields } }: Pick<Answer, 'parts' | 'request'>,
  path: readonly ChatMessage[],
  models: readonly Model[],
): number | undefined {
  const isPicture = (part: AnswerPart) =>
    part.kind !== 'text' && part.kind !== 'other' && !isDraft(part);
  if (parts.some(isPicture)) return undefined;
  if (fields.modalities && !fields.modalities.includes('image')) return undefined;
  const { size } = expectedPicture(fields, models);
  if (size !== undefined) return aspectOf(size);
  const last = path.flatMap(sizesOf).at(-1);
  return last && last.width / last.height;
}

function sizesOf(message: ChatMessage) {
  const pictures =
    message.role === 'user'
      ? message.pictures
      : message.parts.filter((part) => part.kind === 'picture');
  return pictures.flatMap(({ header }) => (header ? [uprightSize(header)] : []));
}
