import { describe, expect, it } from 'vitest';
import { refuseAllMethods, refuseOtherMethods } from './routes';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

describe('a method that a route does not have', () => {
  it.each(methods)('%s is 405 in the envelope, with Allow', async (method) => {
    const response = refuseOtherMethods('GET', 'HEAD')[method]();
    expect(response.status).toBe(405);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      allow: 'GET, HEAD',
      'content-type': 'application/json',
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
    });
    expect(await response.json()).toEqual({
      error: {
        message: 'This address accepts only GET, HEAD.',
        type: 'invalid_request_error',
        param: null,
        code: 'method_not_allowed',
      },
    });
  });
});

describe('an address that is no route', () => {
  it.each(methods)('%s is 404 in the envelope', async (method) => {
    const request = new Request('http://playground.test/api/v1/images/variations?key=secret');
    const response = refuseAllMethods()[method](request);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: 'not_found', message: 'There is nothing at /api/v1/images/variations.' },
    });
  });

  it('is quoted back only so far', async () => {
    const request = new Request(`http://playground.test/api/v1/${'a'.repeat(5000)}`);
    const { error } = await refuseAllMethods().GET(request).json();
    expect(error.message.length).toBeLessThan(300);
  });
});
