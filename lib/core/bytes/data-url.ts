import { readAddress } from '../address';
import { createBase64Decoder } from './base64-stream';
import { mediaTypeOf, sniffImageFormat } from './image-header';

/** Why an `image_url.url` shows no picture. */
export type UnusablePicture =
  | 'empty'
  | 'data_url_malformed'
  | 'data_url_not_base64'
  | 'link_malformed'
  | 'unknown_form';

/** What an `image_url.url` holds. */
export type PictureUrl =
  /** The picture itself, not decoded yet; `mediaType` is what is claimed, or seen if bare. */
  | { kind: 'bytes'; mediaType: string | undefined; base64: string }
  | { kind: 'link'; url: string; host: string }
  | { kind: 'unusable'; reason: UnusablePicture };

/** The longest head of a data URL and the longest link that are looked at, in characters. */
const maxHead = 256;
const maxLink = 8192;
/** Characters of bare base64 that are decoded to see whether they begin a picture. */
const sniffed = 32;

const unusable = (reason: UnusablePicture): PictureUrl => ({ kind: 'unusable', reason });

/**
 * Sorts out an `image_url.url` (contract, "Gemini"): a data URL (RFC 2397), bare base64 with no
 * prefix, known by its first bytes, or an http(s) link. Looks at the first characters only, however
 * long the text is, and does not check the base64 further on. Never throws, fetches nothing.
 */
export function parsePictureUrl(text: string): PictureUrl {
  const url = text.trimStart();
  if (url === '') return unusable('empty');
  const start = url.slice(0, 8).toLowerCase();
  if (start.startsWith('data:')) return parseDataUrl(url);
  if (start.startsWith('http:') || start.startsWith('https:')) return parseLink(url);
  const format = sniffBase64(url.slice(0, sniffed));
  if (!format) return unusable('unknown_form');
  return { kind: 'bytes', mediaType: mediaTypeOf(format), base64: url };
}

function parseDataUrl(url: string): PictureUrl {
  const head = url.slice('data:'.length, maxHead);
  const comma = head.indexOf(',');
  if (comma < 0) return unusable('data_url_malformed');
  const [mediaType = '', ...parameters] = head
    .slice(0, comma)
    .split(';')
    .map((part) => part.trim().toLowerCase());
  if (parameters.at(-1) !== 'base64') return unusable('data_url_not_base64');
  const base64 = url.slice('data:'.length + comma + 1);
  if (base64 === '') return unusable('empty');
  return { kind: 'bytes', mediaType: mediaType || undefined, base64 };
}

function parseLink(url: string): PictureUrl {
  const link = url.length > maxLink ? undefined : readAddress(url);
  if (!link) return unusable('link_malformed');
  return { kind: 'link', url: link.href, host: link.host };
}

function sniffBase64(head: string) {
  try {
    return sniffImageFormat(createBase64Decoder().write(new TextEncoder().encode(head)));
  } catch {
    return undefined;
  }
}
