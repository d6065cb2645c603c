import type { ImageHeader } from '../image-header';
import { type AttachedPicture, type ChatMessage, pictureKey } from './message';

/** A picture of a conversation, and whether the next request carries it. */
export interface PlannedPicture {
  /** By its place, as `pictureKey` gives it. */
  key: string;
  message: string;
  role: ChatMessage['role'];
  /** Null where it is an address only, which has no bytes of ours. */
  hash: string | null;
  byteLength: number;
  header: ImageHeader | undefined;
  isSent: boolean;
  /** What happens where the designer says nothing. */
  isUsual: boolean;
}

/** What the next request will carry. */
export interface TurnPlan {
  /** Every picture on the way, in its order. */
  pictures: PlannedPicture[];
  sent: number;
  leftOut: number;
  /** Bytes of the request's body, nearly: base64 makes four of three. */
  bytes: number;
}

/**
 * Plans which pictures go along with a message. Usually those that it has itself, and those of the
 * latest message before it that has any: what is to be changed. Everything older is left out, and told.
 * @param path the messages from the first to the one that is to be answered
 * @param choices what the designer wants otherwise, by `pictureKey`
 */
export function planTurn({
  path,
  choices,
}: {
  path: readonly ChatMessage[];
  choices: Readonly<Record<string, boolean>>;
}): TurnPlan {
  const all = path.map((message) => ({ message, pictures: picturesIn(message) }));
  const last = path.length - 1;
  const latest = all.findLastIndex(({ pictures }, index) => index < last && pictures.length > 0);
  const pictures = all.flatMap(({ message, pictures: its }, place) =>
    its.map((picture): PlannedPicture => {
      const key = pictureKey(message.id, picture.index);
      const isUsual = place === last || place === latest;
      const { hash, byteLength, header } = picture;
      const isSent = choices[key] ?? isUsual;
      return {
        key,
        message: message.id,
        role: message.role,
        hash,
        byteLength,
        header,
        isSent,
        isUsual,
      };
    }),
  );
  const sent = pictures.filter(({ isSent }) => isSent);
  return {
    pictures,
    sent: sent.length,
    leftOut: pictures.length - sent.length,
    bytes: textBytes(path) + sent.reduce((sum, { byteLength }) => sum + base64Bytes(byteLength), 0),
  };
}

/** The same for a message that is still being written. */
export function planDraft({
  path,
  choices,
  text,
  pictures,
}: {
  path: readonly ChatMessage[];
  choices: Readonly<Record<string, boolean>>;
  text: string;
  pictures: readonly AttachedPicture[];
}): TurnPlan {
  const draft: ChatMessage = {
    role: 'user',
    id: '',
    conversation: '',
    parent: null,
    createdAt: 0,
    text,
    pictures: [...pictures],
  };
  return planTurn({ path: [...path, draft], choices });
}

/** How many characters of base64 so many bytes make. */
export function base64Bytes(byteLength: number): number {
  return Math.ceil(byteLength / 3) * 4;
}

function picturesIn(message: ChatMessage) {
  if (message.role === 'user') {
    return message.pictures.map(({ hash, byteLength, header }, index) => {
      return { index, hash: hash as string | null, byteLength, header };
    });
  }
  return message.parts.flatMap((part, index) => {
    if (part.kind === 'link') return [{ index, hash: null, byteLength: 0, header: undefined }];
    if (part.kind !== 'picture') return [];
    const { hash, byteLength, header } = part;
    return [{ index, hash: hash as string | null, byteLength, header }];
  });
}

const known = new WeakMap<ChatMessage, number>();

// Texts are few beside the pictures; an answer's unknown fields may be long, though, and this is asked
// at every key that is pressed.
function textBytes(path: readonly ChatMessage[]): number {
  return path.reduce((sum, message) => {
    const bytes = known.get(message) ?? countBytes(message);
    known.set(message, bytes);
    return sum + bytes;
  }, 0);
}

function countBytes(message: ChatMessage): number {
  const words = message.role === 'user' ? message.text : [message.fields, message.parts];
  return new TextEncoder().encode(JSON.stringify(words)).length;
}
