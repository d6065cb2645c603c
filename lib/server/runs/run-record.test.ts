import { expect, it } from 'vitest';
import { endedHead, endedRun, newRun } from './run-record';

const long = '图'.repeat(300_000);

it('what is kept of an ended run is short, whatever the gateway wrote', () => {
  const error = { message: long, type: long, param: long, code: long };
  const run = { ...newRun('id', 'chat', 1), endedAt: 2, error };
  expect(JSON.stringify(endedRun(run)).length).toBeLessThan(2000);
  const headers = { 'content-type': 'application/json', 'x-request-id': long };
  expect(endedHead({ status: 400, headers })).toEqual({
    status: 400,
    headers: { 'content-type': 'application/json' },
  });
});

it('short words stay, and no character is cut in two', () => {
  const kept = (message: string) => {
    const error = { message, type: 'server_error', param: null, code: null };
    return endedRun({ ...newRun('id', 'chat', 1), error }).error;
  };
  expect(kept('Slow down')).toEqual({
    message: 'Slow down',
    type: 'server_error',
    param: null,
    code: null,
  });
  expect(kept(`${'x'.repeat(998)}😀 and more`)?.message).toBe(`${'x'.repeat(998)}…`);
});
