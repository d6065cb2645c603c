import 'server-only';
import { ApiError } from '../../core/api-error';
import { errorResponse } from '../answer/error-response';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof methods)[number];

/**
 * The handlers of the methods that a route does not have: 405 in the envelope, with `Allow`. A
 * route exports them beside its own, since Next's own 405 has neither.
 */
export function refuseOtherMethods(...allowed: Method[]): Record<Method, () => Response> {
  const allow = allowed.join(', ');
  const refuse = () =>
    errorResponse(
      new ApiError({
        code: 'method_not_allowed',
        message: `This address takes ${allow}.`,
      }),
      { allow },
    );
  return Object.fromEntries(methods.map((method) => [method, refuse])) as Record<
    Method,
    () => Response
  >;
}

/** The handlers of an address that is no route: 404 in the envelope, whatever the method. */
export function refuseAllMethods(): Record<Method, (request: Request) => Response> {
  const refuse = (request: Request) =>
    errorResponse(
      new ApiError({
        code: 'not_found',
        message: `There is nothing at ${new URL(request.url).pathname.slice(0, 200)}.`,
      }),
    );
  return Object.fromEntries(methods.map((method) => [method, refuse])) as Record<
    Method,
    (request: Request) => Response
  >;
}
