import type { Model } from '../../models/model';
import { problemError } from '../../validation';
import { checkImageRequest, type ImageRequest } from '../image-request';
import { readJsonBody } from '../json-body';

/** The most bytes that the body of a generation may have. */
export const maxGenerationBytes = 1024 * 1024;

/** Writes a request as the body of `POST /images/generations`; absent options are left out. */
export function encodeGeneration(request: ImageRequest): string {
  return JSON.stringify(request);
}

/**
 * Reads the body of `POST /images/generations` and checks it.
 * @throws ApiError `invalid_json`, or the first problem that the checks find
 */
export function decodeGeneration(bytes: Uint8Array, models: readonly Model[]): ImageRequest {
  const body = readJsonBody(bytes);
  const [first] = checkImageRequest(body, 'generations', models);
  if (first) throw problemError(first);
  return body as unknown as ImageRequest;
}
