import type { JsonValue } from '../bytes/json-stream';
import type { CellRequest } from './cell';

// Who asks and for how many; the prompt is added last.
const unkeyed = ['user', 'n', 'prompt'];

/**
 * What a cell sends, as a text in which equal requests are equal: the SHA-256 of it is the cell's key. Not in
 * it are who asks and for how many pictures; the files stand in it by their hashes.
 * @param firstRepeat from 0: the place of its first picture among the repeats of its combination
 */
export function cellKeyText(sends: CellRequest, firstRepeat: number): string {
  return withPrompt(keyStart(sends), JSON.stringify(sends.request.prompt), firstRepeat);
}

/** The part of the text that requests have in common which differ in their prompts only. */
export function keyStart({ endpoint, request, edit, turn }: CellRequest): string {
  const body = { ...(turn ?? request) } as { [field: string]: JsonValue };
  for (const name of unkeyed) delete body[name];
  const files = (edit?.references ?? []).map(({ hash }) => hash);
  return JSON.stringify([endpoint, sorted(body), files, edit?.mask?.hash ?? null]);
}

/** The text of a request with this prompt. @param quoted the prompt as JSON, which many have in common */
export function withPrompt(start: string, quoted: string, firstRepeat: number): string {
  return `${start}${firstRepeat} ${quoted}`;
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter((entry) => entry[1] !== undefined);
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one as JsonValue)]));
}
