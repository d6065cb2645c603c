import 'server-only';
import { ApiError } from '../../core/api-error';
import { errorResponse } from '../answer/error-response';
import { admit, type Caller } from './caller';

type Handler<Context> = (
  request: Request,
  caller: Caller,
  context: Context,
) => Response | Promise<Response>;

/**
 * A route's handler behind the lock: who may not come in gets 401 or 429 in the envelope, and the
 * handler never runs. It stands in the route itself, since nothing else is in front of `/api`.
 */
export function withAuth<Context>(
  handle: Handler<Context>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    let caller: Caller;
    try {
      caller = await admit(request);
    } catch (error) {
      return refusal(error);
    }
    return handle(request, caller, context);
  };
}

/** The same for each of a route's handlers, such as those of the methods that it does not have. */
export function guardedEach<Method extends string>(
  handlers: Record<Method, (request: Request) => Response>,
): Record<Method, (request: Request, context: unknown) => Promise<Response>> {
  const entries = Object.entries(handlers) as [Method, (request: Request) => Response][];
  return Object.fromEntries(
    entries.map(([method, handle]) => [method, withAuth((request) => handle(request))]),
  ) as ReturnType<typeof guardedEach<Method>>;
}

/** The answer to a request that the lock does not let in. @throws what is no ApiError */
export function refusal(error: unknown): Response {
  if (!(error instanceof ApiError)) throw error;
  const headers: Record<string, string> = {};
  // By what it has, not by its class, of which the process may hold several.
  if ('retryAfterSeconds' in error) headers['retry-after'] = String(error.retryAfterSeconds);
  if (error.status === 401) headers['www-authenticate'] = 'Bearer';
  return errorResponse(error, headers);
}
