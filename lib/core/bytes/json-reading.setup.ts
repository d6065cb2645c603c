import { FormatError } from './format-error';
import { createJsonReader, type JsonReaderOptions, type JsonValue } from './json-stream';

// Ways to read JSON in the tests of the reader.

export const bytesOf = (text: string) => new TextEncoder().encode(text);

type ReadOptions = JsonReaderOptions & { cuts?: readonly number[] };

/** Reads the bytes cut at the given places; views of one buffer, so at any alignment. */
export function read(
  input: string | Uint8Array,
  { cuts = [], ...options }: ReadOptions = {},
): JsonValue {
  const bytes = typeof input === 'string' ? bytesOf(input) : input;
  const reader = createJsonReader(options);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    reader.write(bytes.subarray(from, cut));
    from = Math.max(from, cut);
  }
  reader.write(bytes.subarray(from));
  return reader.end();
}

export function readBytewise(input: string, options?: JsonReaderOptions): JsonValue {
  const bytes = bytesOf(input);
  return read(bytes, { ...options, cuts: [...bytes.keys()] });
}

/** As JSON.parse has it, but with U+FFFD for surrogates alone, as the reader does. */
export function readingError(input: string | Uint8Array, options?: ReadOptions): FormatError {
  try {
    read(input, options);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Collects what sinks get: path → parts joined, and whether the string ended. */
export function recordingSinks(wants: (path: string) => boolean = () => true) {
  const strings = new Map<string, { bytes: number[]; ended: boolean }>();
  const openString: JsonReaderOptions['openString'] = (path) => {
    const name = path.join('.');
    if (!wants(name)) return undefined;
    const string = { bytes: [] as number[], ended: false };
    strings.set(name, string);
    return {
      write: (bytes) => {
        for (const byte of bytes) string.bytes.push(byte);
      },
      end: () => {
        string.ended = true;
      },
    };
  };
  const text = (name: string) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(strings.get(name)?.bytes ?? []),
    );
  return { openString, strings, text };
}

/** JSON texts with every kind of white space and escape, which JSON.stringify does not write. */
