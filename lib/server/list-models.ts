import 'server-only';
import { jsonResponse } from './answer/error-response';
import { getConfig } from './config';

/** `GET /api/v1/models`, as OpenAI lists them; from the catalogue, upstream is not asked. */
export function listModels(): Response {
  const data = getConfig().models.map(({ id, created, ownedBy }) => ({
    id,
    object: 'model',
    created,
    owned_by: ownedBy,
  }));
  return jsonResponse({ object: 'list', data });
}
