/** A string of a JSON text that is made only when it is written: base64 of bytes. */
export class Base64Text {
  constructor(
    /** Asked once, when the text before has gone out. */
    readonly load: () => Promise<Uint8Array>,
    /** Stands before the base64, such as that of a data URL. */
    readonly prefix = '',
  ) {}
}

/** What can be written: JSON with base64 strings still to come; `undefined` is left out. */
export type Writable =
  | null
  | undefined
  | boolean
  | number
  | string
  | Base64Text
  | readonly Writable[]
  | { readonly [key: string]: Writable };

/** Thrown where an answer is to break off. */
export class BrokenOff extends Error {}

// A multiple of 3, so that the base64 of the slices is the base64 of the whole.
const sliceBytes = 3 * 16_384;

/**
 * Writes JSON in pieces of about 64 KB at most, so that no picture ever is one string.
 * @param breakInPicture throws BrokenOff after half of the first picture
 */
export async function* writeJson(
  value: Writable,
  { breakInPicture = false }: { breakInPicture?: boolean } = {},
): AsyncGenerator<string> {
  let text = '';
  for (const token of tokensOf(value)) {
    if (!(token instanceof Base64Text)) {
      text += token;
      continue;
    }
    yield `${text}"${token.prefix}`;
    text = '"';
    const bytes = Buffer.from(await token.load());
    const end = breakInPicture ? Math.ceil(bytes.length / 2) : bytes.length;
    for (let start = 0; start < end; start += sliceBytes) {
      yield bytes.toString('base64', start, Math.min(start + sliceBytes, end));
    }
    if (breakInPicture) throw new BrokenOff('The answer breaks off on request.');
  }
  if (text !== '') yield text;
}

function* tokensOf(value: Writable): Generator<string | Base64Text> {
  if (value instanceof Base64Text) {
    yield value;
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield index === 0 ? '[' : ',';
      yield* tokensOf(item);
    }
    yield value.length === 0 ? '[]' : ']';
  } else if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    for (const [index, [key, field]] of fields.entries()) {
      yield `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
      yield* tokensOf(field);
    }
    yield fields.length === 0 ? '{}' : '}';
  } else {
    yield JSON.stringify(value ?? null);
  }
}
