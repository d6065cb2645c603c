import { jsonNotation, writeLiteral } from './literals';
import type { SampleFile, SentRequest } from './sent-request';

/** The request as data. Of a form, its texts, and its files by name, type and hash. */
export function jsonSample({ fields, images, mask }: SentRequest): string {
  const file = ({ name, type, hash }: SampleFile) => ({ file: name, type, sha256: hash });
  const all = {
    ...fields,
    ...(images.length > 0 && { image: images.map(file) }),
    ...(mask && { mask: file(mask) }),
  };
  return `${writeLiteral(all, jsonNotation)}\n`;
}
