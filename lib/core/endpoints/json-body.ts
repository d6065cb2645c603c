import { ApiError } from '../api-error';
import { formatErrorsAs } from '../bytes/format-error';
import { createJsonReader, type JsonValue } from '../bytes/json-stream';

/**
 * Reads a small JSON body whole, every string kept.
 * @throws ApiError `invalid_json` with the place of the mistake
 */
export function readJsonBody(bytes: Uint8Array): JsonValue {
  const reader = createJsonReader({ keepStringBytes: bytes.length });
  return formatErrorsAs(invalidJson)(() => {
    reader.write(bytes);
    return reader.end();
  });
}

/** The error of a body that is no JSON. */
export function invalidJson(why: string): ApiError {
  return new ApiError({ code: 'invalid_json', message: `The body is not valid JSON. ${why}` });
}
