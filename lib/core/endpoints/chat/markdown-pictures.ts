import { parsePictureUrl } from '../../bytes/data-url';
import { createPictureTextReader, type PictureKeeper, type ReadPicture } from '../picture-base64';

/** What is found in a text: words, how much of a picture is there, and what became of it. */
export type FoundInText =
  | { type: 'words'; text: string }
  | { type: 'arriving'; bytes: number }
  | { type: 'picture'; read: ReadPicture };

const start = /!\[[^\]\n]{0,500}\]\(\s*<?(?=data:image\/)/i;
const maxStart = 600;
/** What ends the address of a picture: base64 and the head of a data URL have none of these. */
const addressEnd = /[)\s"'<>]/;
const headCharacters = 512;
/** A title after the address is passed over, if it is no longer. */
const maxTitle = 300;

/**
 * Takes pictures out of Markdown text that arrives in pieces: `![…](data:image/…)`. Their base64 is
 * decoded as it comes. Everything else passes; only what may be the beginning of a picture waits.
 */
export function createMarkdownPictures(
  keeper: PictureKeeper,
  onFound: (found: FoundInText) => void,
): {
  write(text: string): void;
  /** Nothing more of this text comes. */
  end(): void;
  /** Whether the text ended within a picture so far. */
  readonly isOpen: boolean;
} {
  const encoder = new TextEncoder();
  let place: 'words' | 'head' | 'picture' | 'title' = 'words';
  let held = '';
  let titleCharacters = 0;
  let reader: ReturnType<typeof createPictureTextReader>;

  const say = (text: string) => {
    if (text !== '') onFound({ type: 'words', text });
  };
  const begin = () => {
    reader = createPictureTextReader(held, keeper);
    place = 'picture';
    feed(held);
  };
  const feed = (text: string) => {
    if (reader) onFound({ type: 'arriving', bytes: reader.write(encoder.encode(text)) });
  };
  const finish = (isWhole: boolean) => {
    if (place === 'head') begin();
    const read = reader?.end(isWhole) ?? unusable(held);
    onFound({ type: 'picture', read });
    reader = undefined;
    held = '';
  };

  const readWords = (text: string): string => {
    const found = start.exec(text);
    if (found) {
      say(text.slice(0, found.index));
      place = 'head';
      held = '';
      return text.slice(found.index + found[0].length);
    }
    const places = [text.lastIndexOf('!['), text.length - 1];
    const from = places.find((at) => at >= 0 && mayBecomePicture(text.slice(at))) ?? text.length;
    say(text.slice(0, from));
    held = text.slice(from);
    return '';
  };
  const readAddress = (text: string): string => {
    const end = text.search(addressEnd);
    const part = end < 0 ? text : text.slice(0, end);
    if (place === 'picture') feed(part);
    else {
      held += part;
      if (held.length >= headCharacters) begin();
    }
    if (end < 0) return '';
    finish(true);
    place = 'title';
    titleCharacters = 0;
    return text.slice(end);
  };
  const readTitle = (text: string): string => {
    const end = text.indexOf(')');
    titleCharacters += end < 0 ? text.length : end;
    if (end >= 0 || titleCharacters > maxTitle) place = 'words';
    return end < 0 ? '' : text.slice(end + 1);
  };

  return {
    write(text) {
      let rest = text;
      if (place === 'words') {
        rest = held + text;
        held = '';
      }
      while (rest !== '') {
        if (place === 'words') rest = readWords(rest);
        else if (place === 'title') rest = readTitle(rest);
        else rest = readAddress(rest);
      }
    },
    end() {
      if (place === 'words') say(held);
      else if (place !== 'title') finish(false);
      held = '';
      place = 'words';
    },
    get isOpen() {
      return place === 'head' || place === 'picture';
    },
  };
}

// Whether more text could make this the beginning of a picture.
function mayBecomePicture(text: string): boolean {
  if (text.length > maxStart) return false;
  const [, address] = /^!(?:\[[^\]\n]*(?:\](?:\(\s*<?([a-z:/]*))?)?)?$/i.exec(text) ?? [text];
  if (address === undefined) return /^!(?:\[[^\]\n]*\]?)?$/.test(text);
  return 'data:image/'.startsWith(address.toLowerCase());
}

function unusable(address: string): ReadPicture {
  const parsed = parsePictureUrl(address);
  const reason = parsed.kind === 'unusable' ? parsed.reason : 'unknown_form';
  return { kind: 'unusable', reason, mediaType: null };
}
