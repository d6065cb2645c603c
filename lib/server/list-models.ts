import 'server-only';
import { getConfig } from './config';
import { jsonResponse } from './error-response';

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
