import 'server-only';
import { ApiError } from '../../core/api-error';
import type { JsonValue } from '../../core/bytes/json-stream';
import { readJsonBody } from '../../core/endpoints/json-body';
import { isObject, type JsonObject } from '../../core/endpoints/options';
import { abortableReader, readerOf, readUpTo } from './body-reader';

const maxBodyBytes = 8192;
// A second later its connection ends.
const bodyMs = 9000;

/** Reads a request of a few fields: JSON with an object in it. @throws ApiError */
export async function readSmallObject(request: Request): Promise<JsonObject> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), bodyMs);
  const reader = abortableReader(readerOf(request), late.signal);
  const next = () => reader.read().then(({ value }) => value, incomplete);
  const { bytes, isWhole } = await readUpTo(next, maxBodyBytes).finally(() => clearTimeout(timer));
  if (!isWhole) {
    throw new ApiError({
      code: 'request_too_large',
      message: `The request is larger than ${maxBodyBytes} bytes, the limit at this address.`,
    });
  }
  const body: JsonValue = readJsonBody(bytes);
  if (isObject(body)) return body;
  throw new ApiError({ code: 'invalid_value', message: 'The body must be a JSON object.' });
}

function incomplete(): never {
  throw new ApiError({
    code: 'invalid_json',
    message: `The body did not arrive completely within ${bodyMs / 1000} seconds.`,
  });
}
