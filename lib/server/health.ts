import 'server-only';
import packageJson from '../../package.json';
import { getConfig } from './config';
import { jsonResponse } from './error-response';

/** `GET /api/health`: that the server answers, and in which mode; it asks nobody else. */
export function reportHealth(): Response {
  return jsonResponse({
    status: 'ok',
    mode: getConfig().gateway.mode,
    version: packageJson.version,
    uptimeSeconds: Math.floor(process.uptime()),
  });
}
