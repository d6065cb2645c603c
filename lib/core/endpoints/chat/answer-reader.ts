import { parsePictureUrl } from '../../bytes/data-url';
import { firstSign, isJsonStart } from '../../bytes/first-sign';
import { mediaTypeOf } from '../../bytes/image-header';
import { createSseReader } from '../../bytes/sse';
import { createStringLift, type LiftSink } from '../../bytes/string-lift';
import { createPictureTextReader, type PictureKeeper, type ReadPicture } from '../picture-base64';
import {
  type AddressContent,
  type ChatEvent,
  continuesMessage,
  type Fields,
  holdsMessage,
  type Lifted,
  pictureEvent,
  readChatChunk,
} from './answer';
import { createMarkdownPictures } from './markdown-pictures';

/** The deepest nesting of arrays and objects that is read. */
const maxDepth = 64;
const shownCharacters = 200;

/**
 * Reads the bytes of a chat answer, a stream of Server-Sent Events or one JSON value, cut anywhere. Each
 * `ChatEvent` is told as soon as it is whole. Pictures are decoded as they pass, so that their base64 is
 * never held, and what is left of an event is small enough for `JSON.parse`. `[DONE]` may be missing.
 * Never throws: what is not JSON becomes an `unreadable` event.
 * @param nonce a text that the writer of the answer can't guess; it marks the places of pictures
 */
export function createChatReader(
  keeper: PictureKeeper,
  onEvent: (event: ChatEvent) => void,
  nonce: string,
): {
  write(bytes: Uint8Array): void;
  /** The answer is whole. */
  end(): void;
  /** Nothing more comes, though the answer is not whole: an event that has not ended is no event. */
  giveUp(): void;
} {
  const lifted = new Map<string, ReadPicture>();
  // Tokens stay in blocks that are sent back later, so each is unique in the answer.
  let tokens = 0;
  let arrived = 0;
  let hasPieces = false;

  const readUrl = (url: string): AddressContent => {
    const known = lifted.get(url);
    if (known) return wholeOnly(known);
    const parsed = parsePictureUrl(url);
    if (parsed.kind === 'link') return parsed;
    if (parsed.kind === 'unusable') return { ...parsed, mediaType: claimedType(url) };
    const text = createPictureTextReader(url, keeper);
    text?.write(new TextEncoder().encode(url));
    const unknown = { kind: 'unusable', reason: 'unknown_form', mediaType: null } as const;
    return wholeOnly(text?.end(true) ?? unknown);
  };

  const liftedIn = (value: unknown): Lifted | undefined => {
    const found: Lifted = {};
    for (const text of textsIn(value)) {
      const picture = lifted.get(text);
      if (picture?.kind === 'unusable') return undefined;
      if (!picture) continue;
      const { hash, byteLength } = picture.picture;
      found[text] = { hash, byteLength, writing: picture.writing };
    }
    return found;
  };

  const readPictureText = (text: string): AddressContent | undefined => {
    if (lifted.has(text)) return readUrl(text);
    if (!/^\s*data:image\//i.test(text)) return undefined;
    const content = readUrl(text.trim());
    return content.kind === 'picture' ? content : undefined;
  };

  // The fields that stand beside the words that are being read.
  let beside: Fields | undefined;
  const words = createMarkdownPictures(keeper, (found) => {
    if (found.type === 'arriving') return onEvent(found);
    if (found.type === 'picture') {
      const block = beside?.thought === true ? { thought: true } : {};
      return onEvent(pictureEvent(block, wholeOnly(found.read)));
    }
    const { text } = found;
    onEvent(beside ? { type: 'text-delta', text, fields: beside } : { type: 'text-delta', text });
  });
  const tell = (event: ChatEvent) => {
    if (event.type === 'text-delta') {
      const isOther = JSON.stringify(event.fields) !== JSON.stringify(beside);
      if (isOther && !words.isOpen) words.end();
      beside = event.fields;
      // A block without words may still have fields that have to go back.
      if (event.text === '') onEvent(event);
      else words.write(event.text);
      return;
    }
    // What is no part of the text may come between its pieces.
    if (event.type !== 'message-field' && event.type !== 'usage') words.end();
    onEvent(event);
  };

  const readData = (data: string) => {
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      value = undefined;
    }
    if (value === undefined || !isShallow(value, maxDepth)) {
      onEvent({ type: 'unreadable', data: data.slice(0, shownCharacters) });
    } else {
      const events = readChatChunk(value, { readUrl, readPictureText, liftedIn });
      if (hasPieces && holdsMessage(value)) {
        words.end();
        const hasPicture = events.some(({ type }) => type === 'picture' || type === 'link');
        onEvent({ type: 'replaced', keepsPictures: !hasPicture });
      }
      hasPieces ||= continuesMessage(value);
      for (const event of events) tell(event);
    }
    lifted.clear();
    arrived = 0;
  };

  const text = createTextReader((data) => {
    if (data.trim() !== '[DONE]') readData(data);
  });
  const lift = createStringLift(text.write, (head) => {
    // The base64 of a picture in Markdown may begin a piece of text.
    const picture = words.isOpen ? undefined : createPictureTextReader(head, keeper);
    if (!picture) return undefined;
    const token = `${nonce}-${tokens++}`;
    const before = arrived;
    const sink: LiftSink = {
      write(bytes) {
        arrived = before + picture.write(bytes);
        onEvent({ type: 'arriving', bytes: arrived });
      },
      end: (isWhole) => lifted.set(token, picture.end(isWhole)),
    };
    return { token, sink };
  });

  return {
    write: (bytes) => lift.write(bytes),
    end() {
      lift.end();
      text.end();
      words.end();
    },
    giveUp() {
      lift.end();
      words.end();
    },
  };
}

/** Reads text that is a stream of events or one JSON value; which of them, its first byte tells. */
function createTextReader(onData: (data: string) => void) {
  const events = createSseReader({ onData });
  const decoder = new TextDecoder();
  let kind: 'unknown' | 'events' | 'json' = 'unknown';
  let json = '';
  return {
    write(bytes: Uint8Array) {
      if (kind === 'unknown') {
        const first = firstSign(bytes);
        if (first !== undefined) kind = isJsonStart(first) ? 'json' : 'events';
      }
      if (kind === 'json') json += decoder.decode(bytes, { stream: true });
      // The parser skips blank lines and a byte order mark before the first event.
      else events.write(bytes);
    },
    end() {
      if (kind !== 'json') return events.end();
      onData(json + decoder.decode());
    },
  };
}

// What lacks its end is no picture to be shown, though the text that it came as can be sent back.
function wholeOnly(read: ReadPicture): AddressContent {
  if (read.kind === 'unusable' || !read.isCut) return read;
  const { header } = read.picture;
  const mediaType = header ? mediaTypeOf(header.format) : null;
  return { kind: 'unusable', reason: 'cut', mediaType };
}

function claimedType(url: string): string | null {
  return /^data:([^;,]{1,100})/i.exec(url)?.[1]?.trim().toLowerCase() ?? null;
}

/** All strings in a JSON value. */
function* textsIn(value: unknown): Generator<string, void> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* textsIn(inner);
  }
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
