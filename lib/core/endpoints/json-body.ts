import { ApiError } from '../api-error';
import { createJsonReader, JsonSyntaxError, type JsonValue } from '../bytes/json-stream';

/**
 * Reads a small JSON body whole, every string kept.
 * @throws ApiError `invalid_json` with the place of the mistake
 */
export function readJsonBody(bytes: Uint8Array): JsonValue {
  const reader = createJsonReader({ keepStringBytes: bytes.length });
  try {
    reader.write(bytes);
    return reader.end();
  } catch (error) {
    throw invalidJson(error);
  }
}

/** Turns a JSON reader's complaint into the API's; any other error is handed back as it is. */
export function invalidJson(error: unknown): unknown {
  if (!(error instanceof JsonSyntaxError)) return error;
  return new ApiError({
    code: 'invalid_json',
    message: `The body is not valid JSON. ${error.message}`,
  });
}
