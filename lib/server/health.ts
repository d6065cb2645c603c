import 'server-only';
import packageJson from '../../package.json';
import { jsonResponse } from './answer/error-response';
import { getConfig } from './config';

/** `GET /api/health`: that the server answers, and in which mode; it asks nobody else. */
export function reportHealth(): Response {
  return jsonResponse({
    status: 'ok',
    mode: getConfig().gateway.mode,
    version: packageJson.version,
    uptimeSeconds: Math.floor(process.uptime()),
  });
}
