/** What is wrong with a JSON text, and at which byte of it. */
export class JsonSyntaxError extends Error {
  constructor(
    message: string,
    /** Bytes before the place of the error. */
    readonly offset: number,
  ) {
    super(message);
    this.name = 'JsonSyntaxError';
  }
}

/** The error for a byte that cannot stand where it stands. */
export function unexpectedByte(byte: number, offset: number, expected: string): JsonSyntaxError {
  const shown =
    byte > 0x20 && byte < 0x7f
      ? `"${String.fromCharCode(byte)}"`
      : `byte 0x${byte.toString(16).padStart(2, '0')}`;
  return new JsonSyntaxError(
    `Unexpected ${shown} at byte ${offset}: ${expected} was expected`,
    offset,
  );
}
