import type { ImageHeader } from '../bytes/image-header';
import { type AttachedPicture, type ChatMessage, pictureKey } from './message';
import type { TurnBase } from './turn-base';
import { turnBytes } from './turn-bytes';

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
  /** Bytes of the request's body: base64 makes four of three. */
  bytes: number;
  /** How the pictures of answers go along. */
  picturesAs: TurnBase['picturesAs'];
  /** Whether the model takes any. */
  takesPictures: boolean;
}

/** What decides which pictures go along. */
interface Choices {
  /** The messages from the first to the one that is to be answered. */
  path: readonly ChatMessage[];
  /** What the designer wants otherwise, by `pictureKey`. */
  choices: Readonly<Record<string, boolean>>;
  /** Whether the model takes any. */
  takesPictures: boolean;
}

/**
 * Plans which pictures go along with a message. Usually those that it has itself, and those of the
 * latest message before it that has any: what is to be changed. Everything older is left out, and told.
 */
export function planPictures({ path, choices, takesPictures }: Choices): PlannedPicture[] {
  const all = path.map((message) => ({ message, pictures: picturesIn(message) }));
  const last = path.length - 1;
  const latest = all.findLastIndex(({ pictures }, index) => index < last && pictures.length > 0);
  return all.flatMap(({ message, pictures: its }, place) =>
    its.map((picture): PlannedPicture => {
      const key = pictureKey(message.id, picture.index);
      const isUsual = place === last || place === latest;
      const { hash, byteLength, header } = picture;
      const isSent = takesPictures && (choices[key] ?? isUsual);
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
}

/** Plans the request that answers the last message of a path. */
export function planTurn({ base, ...chosen }: Choices & { base: TurnBase }): TurnPlan {
  const pictures = planPictures(chosen);
  const { path, takesPictures } = chosen;
  const sent = pictures.filter(({ isSent }) => isSent).map(({ key }) => key);
  return {
    pictures,
    sent: sent.length,
    leftOut: pictures.length - sent.length,
    bytes: turnBytes(path, { ...base, pictures: sent }),
    picturesAs: base.picturesAs,
    takesPictures,
  };
}

/** The same for a message that is still being written. */
export function planDraft({
  path,
  text,
  pictures,
  ...rest
}: Choices & {
  text: string;
  pictures: readonly AttachedPicture[];
  base: TurnBase;
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
  return planTurn({ ...rest, path: [...path, draft] });
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
