import { FormatError } from './format-error';
import { parseMediaType } from './media-type';

/** What a part of a form says of itself (RFC 7578). */
export interface PartHeader {
  name: string;
  /** Parts with a file name are files. */
  isFile: boolean;
  /** It is a file, but its name is empty: a browser's file field in which nothing was chosen. */
  isNameless: boolean;
  /** Its content must be ASCII, since its `charset` says so. */
  isAscii: boolean;
  /** What it says its content has, in bytes. */
  length: number | undefined;
}

const quote = 34;
const apostrophe = 39;
const equals = 61;
const underscore = 95;

/**
 * Reads the header block of a part, and overwrites harmful bytes of its file name where they stand.
 * Only what every reader understands alike passes. Some tell files by their type, some decode text by
 * its charset, some look for `name=` anywhere in the line, some join `name*0` and `name*1`.
 * @param block without the blank line that ends it
 * @throws FormatError
 */
export function readPartHeader(block: Uint8Array): PartHeader {
  // One character per byte, so that places in the text are places in the block.
  const text = Array.from(block, (byte) => String.fromCharCode(byte)).join('');
  const headers = new Map<string, { value: string; at: number }>();
  let at = 0;
  for (const line of text.split('\r\n')) {
    const match = /^([!#$%&'*+.^`|~\w-]+):[ \t]*([^\r\n\0]*)$/.exec(line);
    if (!match) throw new FormatError('A part has a malformed header');
    const [, name = '', value = ''] = match;
    const key = name.toLowerCase();
    // In a file name it is overwritten.
    if (key !== 'content-disposition' && /[^\t\x20-\x7e]/.test(value)) {
      throw new FormatError(`A part has something other than printable ASCII in ${shown(name)}`);
    }
    if (headers.has(key)) throw new FormatError(`A part has the header ${shown(name)} twice`);
    if (/^(content-|transfer-|mime-)/.test(key) && !known.includes(key)) {
      throw new FormatError(`A part has the header ${shown(name)}; send it without`);
    }
    headers.set(key, { value, at: at + line.length - value.length });
    at += line.length + 2;
  }

  const disposition = headers.get('content-disposition');
  if (!disposition) throw noName();
  const end = disposition.at + disposition.value.length;
  const { name, fileName } = readDisposition(
    disposition.value,
    block.subarray(disposition.at, end),
  );
  const encoding = headers.get('content-transfer-encoding')?.value;
  if (encoding !== undefined && !/^(7bit|8bit|binary)$/i.test(encoding)) {
    throw new FormatError(
      `A part has Content-Transfer-Encoding ${shown(encoding)}; send it unencoded`,
    );
  }
  const length = headers.get('content-length')?.value;
  if (length !== undefined && !/^\d{1,15}$/.test(length)) {
    throw new FormatError(`A part has the Content-Length ${shown(length)}`);
  }
  const isFile = fileName !== undefined;
  const type = headers.get('content-type')?.value;
  return {
    name,
    isFile,
    isNameless: fileName === '',
    isAscii: type !== undefined && (isFile ? checkFileType(type) : checkTextType(name, type)),
    length: length === undefined ? undefined : Number(length),
  };
}

const known = [
  'content-disposition',
  'content-type',
  'content-transfer-encoding',
  'content-length',
];

// What a client sent is quoted so that it can be recognised, in ASCII.
const shown = (text: string) => text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?');

function checkFileType(type: string): false {
  const parsed = parseMediaType(type);
  if (parsed && !/^(multipart|message)\//.test(parsed.type)) return false;
  throw new FormatError(
    `A file has the Content-Type ${shown(type)}; send it as image/png or image/jpeg`,
  );
}

/** @returns whether the content must be ASCII */
function checkTextType(name: string, type: string): boolean {
  const { type: media, parameters } = parseMediaType(type) ?? {};
  const charset = parameters?.get('charset')?.toLowerCase();
  const isPlain = media === 'text/plain' && parameters?.size === (charset === undefined ? 0 : 1);
  if (isPlain && [undefined, 'utf-8', 'utf8'].includes(charset)) return false;
  if (isPlain && (charset === 'us-ascii' || charset === 'ascii')) return true;
  throw new FormatError(
    `The field ${name} has the Content-Type ${shown(type)}; send it without, or as text/plain in UTF-8`,
  );
}

const noName = () =>
  new FormatError('A part lacks "Content-Disposition: form-data" with a valid name');

// A token, or a quoted string in which a backslash takes the next byte along.
const parameter =
  /; (name|filename|filename\*)=(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~:\\/-]+))/iy;

function readDisposition(
  disposition: string,
  bytes: Uint8Array,
): { name: string; fileName: string | undefined } {
  const found = new Map<string, { value: string; isQuoted: boolean; place: Uint8Array }>();
  let read = /^form-data/i.exec(disposition)?.[0].length ?? 0;
  if (read === 0) throw noName();
  for (;;) {
    parameter.lastIndex = read;
    const match = parameter.exec(disposition);
    if (!match) break;
    read = parameter.lastIndex;
    const [, key = '', quoted, plain] = match;
    const isQuoted = quoted !== undefined;
    const value = quoted ?? plain ?? '';
    const end = isQuoted ? read - 1 : read;
    const place = bytes.subarray(end - value.length, end);
    if (found.has(key.toLowerCase()))
      throw new FormatError(`A part has the parameter ${key} twice`);
    found.set(key.toLowerCase(), { value, isQuoted, place });
  }
  if (read < disposition.length) {
    throw new FormatError(
      'A part may have only name="…"; filename="…"; filename*=… in its Content-Disposition',
    );
  }
  const name = found.get('name')?.value ?? '';
  if (!/^[\w.[\]-]{1,100}$/.test(name)) throw noName();
  if (name === '_charset_') throw new FormatError('The field _charset_ is not supported');
  const fileName = found.get('filename');
  const extended = found.get('filename*');
  if (fileName) overwriteHarmful(fileName.place);
  if (extended) {
    if (extended.isQuoted || !/^utf-8'[a-z0-9-]*'./i.test(extended.value)) {
      throw new FormatError("A part has a filename* that does not begin with UTF-8''");
    }
    if (fileName) overwriteExtended(extended.place);
    else makePlain(extended.place);
  }
  return { name, fileName: (fileName ?? extended)?.value };
}

// Percent signs could spell anything.
const spelling = "%'";

/** Overwrites the name in an extended parameter (RFC 5987). */
function overwriteExtended(place: Uint8Array): void {
  const second = place.indexOf(apostrophe, place.indexOf(apostrophe) + 1);
  overwriteHarmful(place.subarray(second + 1), spelling);
}

/** Makes `filename*=UTF-8''a` `filename="UTF-8_a"`, for some readers know no extended parameters. */
function makePlain(place: Uint8Array): void {
  const first = place.indexOf(apostrophe);
  place.copyWithin(first, first + 1);
  overwriteHarmful(place.subarray(0, -1), spelling);
  const around = new Uint8Array(place.buffer, place.byteOffset - 2, place.length + 2);
  around.set([equals, quote]);
  around[around.length - 1] = quote;
}

// Path separators, quotes, escapes, what Windows forbids, what divides a header, control characters
// (those above ASCII and the line separators of Unicode too), names made of dots, and what is not UTF-8.
function overwriteHarmful(name: Uint8Array, also = ''): void {
  const isDots = name.every((byte) => byte === 46);
  const isText = isUtf8(name);
  for (const [index, byte] of name.entries()) {
    const isHarmful =
      byte < 32 || byte === 127 || `"\\/:<>|?*;=${also}`.includes(String.fromCharCode(byte));
    const [next = 0, last = 0] = name.subarray(index + 1, index + 3);
    if (isHarmful || isDots || (byte > 127 && !isText)) name[index] = underscore;
    if (byte === 0xc2 && next < 0xa0) name.fill(underscore, index, index + 2);
    if (byte === 0xe2 && next === 0x80 && (last === 0xa8 || last === 0xa9)) {
      name.fill(underscore, index, index + 3);
    }
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== undefined;
  } catch {
    return false;
  }
}
