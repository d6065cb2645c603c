import { mediaTypeOf } from '../bytes/image-header';
import type { Fields, LiftedText } from '../endpoints/chat/answer';
import {
  type Answer,
  type AnswerPicture,
  type AttachedPicture,
  type ChatMessage,
  pictureKey,
  type TurnRequest,
  textOfAnswer,
  type UserMessage,
} from './message';

/** A part of a body: text as it is, or the base64 of a file. */
export type BodyPiece = string | LiftedText;

// Replaces a message of which nothing is left: a gateway may refuse an empty one.
const leftOut = '[A picture is left out here.]';
const follows = '[The picture follows in the next message.]';

/**
 * The body of a turn (contract, "Gemini"): the messages on the way to it, pictures in their places.
 * Assistant messages go back with every field that they came with; pictures of their `images` field
 * as blocks. The same turn always makes the same body.
 * @param path the messages from the first to the one that is to be answered
 * @param nonce a text that stands in none of them
 */
export function turnBody(
  path: readonly ChatMessage[],
  request: TurnRequest,
  nonce: string,
): BodyPiece[] {
  const texts = new Map<string, LiftedText>();
  const place = (text: LiftedText): string => {
    const token = `${nonce}-${texts.size}`;
    texts.set(token, text);
    return token;
  };
  const system = request.systemPrompt.trim();
  const messages: Fields[] = system === '' ? [] : [{ role: 'system', content: system }];
  const asUser = request.picturesAs === 'user';
  // Pictures of answers that wait for the designer's next message.
  let carried: Fields[] = [];
  for (const message of path) {
    const isSent = (index: number) => request.pictures.includes(pictureKey(message.id, index));
    if (message.role === 'user') {
      messages.push(userMessage({ message, isSent, place, carried }));
      carried = [];
    } else if (asUser) {
      const pictures = message.parts.flatMap((part, index) =>
        part.kind === 'picture' && isSent(index) ? [userPicture(place(plainText(part)))] : [],
      );
      carried.push(...pictures);
      const said = plainAnswer(message, pictures.length > 0);
      if (said) messages.push(said);
    } else {
      const said = assistantMessage(message, isSent, place);
      if (said) messages.push(said);
      for (const [token, text] of Object.entries(message.lifted)) texts.set(token, text);
    }
  }
  return cut(JSON.stringify({ ...request.fields, messages }), texts);
}

/** The text of a user's picture: a data URL of what it is. */
function plainText({ hash, byteLength, header }: AttachedPicture | AnswerPicture): LiftedText {
  const type = header ? mediaTypeOf(header.format) : 'application/octet-stream';
  return {
    hash,
    byteLength,
    writing: { prefix: `data:${type};base64,`, alphabet: 'base64', isPadded: true },
  };
}

function userPicture(url: string): Fields {
  return { type: 'image_url', image_url: { url } };
}

function userMessage({
  message: { text, pictures },
  isSent,
  place,
  carried,
}: {
  message: UserMessage;
  isSent: (index: number) => boolean;
  place: (text: LiftedText) => string;
  carried: Fields[];
}): Fields {
  const own = pictures.flatMap((picture, index) =>
    isSent(index) ? [userPicture(place(plainText(picture)))] : [],
  );
  const blocks = [...carried, ...own];
  const said = text === '' && blocks.length === 0 ? leftOut : text;
  if (blocks.length === 0) return { role: 'user', content: said };
  const words = said === '' ? [] : [{ type: 'text', text: said }];
  return { role: 'user', content: [...words, ...blocks] };
}

/** An answer as it arrived; undefined if it is empty. */
function assistantMessage(
  message: Answer,
  isSent: (index: number) => boolean,
  place: (text: LiftedText) => string,
): Fields | undefined {
  const blocks = message.parts.flatMap((part, index): Fields[] => {
    switch (part.kind) {
      case 'text':
        return [{ type: 'text', text: part.text, ...part.fields }];
      case 'picture': {
        if (!isSent(index)) return [];
        const { hash, byteLength, writing, block } = part;
        const url = place({ hash, byteLength, writing });
        // The same form as it arrived in: an object with further fields, or the address alone.
        const isAlone = typeof block.image_url === 'string';
        const address = isAlone ? url : { ...fieldsOf(block.image_url), url };
        return [{ type: 'image_url', ...block, image_url: address }];
      }
      case 'link':
        return isSent(index) ? [{ type: 'image_url', ...part.block }] : [];
      case 'other':
        return [part.block];
      default:
        return [];
    }
  });
  const hadPicture = message.parts.some(({ kind }) => kind === 'picture' || kind === 'link');
  if (blocks.length === 0 && !hadPicture && Object.keys(message.fields).length === 0) {
    return undefined;
  }
  const isPlain = blocks.every((block) => Object.keys(block).join() === 'type,text');
  const text = blocks.map((block) => block.text).join('');
  const content = isPlain ? text || (hadPicture ? leftOut : '') : blocks;
  return { role: 'assistant', content, ...message.fields };
}

/** An answer reduced to its words, which no gateway refuses. */
function plainAnswer(answer: Answer, hasPictures: boolean): Fields | undefined {
  const text = textOfAnswer(answer);
  const hadPicture = answer.parts.some(({ kind }) => kind === 'picture' || kind === 'link');
  const content = text || (hasPictures ? follows : hadPicture ? leftOut : '');
  return content === '' ? undefined : { role: 'assistant', content };
}

/** Splits the body at the tokens of pictures. */
function cut(body: string, texts: ReadonlyMap<string, LiftedText>): BodyPiece[] {
  if (texts.size === 0) return [body];
  const tokens = [...texts.keys()].map((token) => token.replace(/[^\w-]/g, '\\$&'));
  const marked = new RegExp(`"(${tokens.join('|')})"`);
  return body.split(marked).flatMap((piece, index, all): BodyPiece[] => {
    if (index % 2 === 1) return [texts.get(piece) as LiftedText];
    const before = index > 0 ? '"' : '';
    return [`${before}${piece}${index < all.length - 1 ? '"' : ''}`];
  });
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
