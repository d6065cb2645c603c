/** Bytes that are not what they should be: JSON, base64, a form, or a stream of events. */
export class FormatError extends Error {
  override readonly name = 'FormatError';

  constructor(
    message: string,
    /** How many bytes (of base64: characters) are right before the mistake, where a reader counts. */
    readonly offset?: number,
  ) {
    super(message);
  }
}

/** Runs the steps of a reader, and turns its FormatError into the error that its caller throws. */
export function formatErrorsAs(toError: (why: string) => Error): <T>(step: () => T) => T {
  return (step) => {
    try {
      return step();
    } catch (error) {
      throw error instanceof FormatError ? toError(error.message) : error;
    }
  };
}

/** The error for a byte of JSON that cannot stand where it stands. */
export function unexpectedByte(byte: number, offset: number, expected: string): FormatError {
  const shown =
    byte > 0x20 && byte < 0x7f
      ? `"${String.fromCharCode(byte)}"`
      : `byte 0x${byte.toString(16).padStart(2, '0')}`;
  return new FormatError(`Unexpected ${shown} at byte ${offset}: ${expected} was expected`, offset);
}
