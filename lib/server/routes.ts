import 'server-only';
import packageJson from '../../package.json';
import { ApiError } from '../core/api-error';
import { modelUnknown } from '../core/endpoints/options';
import { findModel } from '../core/models/lookup';
import type { Model } from '../core/models/model';
import { problemError } from '../core/validation';
import { admitCaller, type Caller } from './access/caller';
import { errorResponse, jsonResponse } from './answer/response';
import { getConfig } from './config';
import { requireStores } from './stores';

// What the files of app/api export: handlers behind the lock, the answers to methods and addresses
// that are not there, and the two answers that need nothing but the settings.

/**
 * A route's handler behind the lock: for whoever may not come in it never runs, and the answer is 401,
 * 403 or 429 in the envelope. Each route wraps its own, since nothing stands in front of `/api`.
 */
export function withAuth<Context>(
  handle: (request: Request, caller: Caller, context: Context) => Response | Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    let caller: Caller;
    try {
      requireStores();
      caller = await admitCaller(request);
    } catch (error) {
      return refusal(error);
    }
    return handle(request, caller, context);
  };
}

/** The same for several handlers, by their methods. */
export function guardedEach<Method extends string>(
  handlers: Record<Method, (request: Request) => Response>,
): Record<Method, (request: Request, context: unknown) => Promise<Response>> {
  const entries = Object.entries(handlers) as [Method, (request: Request) => Response][];
  return Object.fromEntries(
    entries.map(([method, handle]) => [method, withAuth((request) => handle(request))]),
  ) as ReturnType<typeof guardedEach<Method>>;
}

/** The answer to a request that may not come in. @throws an error that is no ApiError */
export function refusal(error: unknown): Response {
  if (!(error instanceof ApiError)) throw error;
  const headers: Record<string, string> = {};
  // Not `instanceof`: a Next server may hold several copies of the class.
  if ('retryAfterSeconds' in error) headers['retry-after'] = String(error.retryAfterSeconds);
  if (error.status === 401) headers['www-authenticate'] = 'Bearer';
  const response = errorResponse(error, headers);
  const { setCookies = [] } = error as { setCookies?: string[] };
  for (const cookie of setCookies) response.headers.append('set-cookie', cookie);
  return response;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof methods)[number];

const forEach = <Handle>(handle: Handle) =>
  Object.fromEntries(methods.map((method) => [method, handle])) as Record<Method, Handle>;

/**
 * The handlers of the methods that a route does not have: 405 in the envelope, with `Allow` (RFC 9110
 * §15.5.6). A route exports them beside its own, since Next's own 405 has neither.
 */
export function refuseOtherMethods(...allowed: Method[]): Record<Method, () => Response> {
  const allow = allowed.join(', ');
  const message = `This address accepts only ${allow}.`;
  return forEach(() =>
    errorResponse(new ApiError({ code: 'method_not_allowed', message }), { allow }),
  );
}

/** The handlers of an address that is no route: 404 in the envelope, whatever the method. */
export function refuseAllMethods(): Record<Method, (request: Request) => Response> {
  return forEach((request: Request) => {
    const message = `There is nothing at ${new URL(request.url).pathname.slice(0, 200)}.`;
    return errorResponse(new ApiError({ code: 'not_found', message }));
  });
}

/** `GET /api/health`: `{status, mode, version, uptimeSeconds}`. It asks nobody else. */
export function reportHealth(): Response {
  return jsonResponse({
    status: 'ok',
    mode: getConfig().gateway.mode,
    version: packageJson.version,
    uptimeSeconds: Math.floor(process.uptime()),
  });
}

/** `GET /api/v1/models` in OpenAI's format, from the catalogue; the gateway is not asked. */
export function listModels(): Response {
  return jsonResponse({ object: 'list', data: getConfig().models.map(modelEntry) });
}

/** `GET /api/v1/models/<id>`: one of these. The slash of an id stands plain or percent-encoded. */
export function showModel(request: Request): Response {
  const { pathname } = new URL(request.url);
  const { models } = getConfig();
  const id = decodedPath(pathname.replace('/api/v1/models/', ''));
  const model = findModel(models, id);
  if (model) return jsonResponse(modelEntry(model));
  const error = problemError(modelUnknown(id, models));
  return jsonResponse(error.toEnvelope(), { status: 404 });
}

function modelEntry({ id, created, ownedBy }: Model) {
  return { id, object: 'model', created, owned_by: ownedBy };
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
