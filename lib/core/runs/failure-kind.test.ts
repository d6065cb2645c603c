import { expect, it } from 'vitest';
import { type FailureKind, isResumable, isServerAway, isTurnWait } from './failure-kind';
import {
  failureOfFullBrowser,
  failureOfLostReference,
  failureOfNetwork,
  failureOfTicket,
  readRunFailure,
} from './run-failure';

const refused = (code: string, status: number) =>
  readRunFailure({
    status,
    headers: new Headers(),
    text: JSON.stringify({ error: { message: 'no', type: 'server_error', code } }),
    now: 0,
  });
const page = (status: number) =>
  readRunFailure({ status, headers: new Headers(), text: '<h1>Bad gateway</h1>', now: 0 });

it.each([
  ['the network', failureOfNetwork('')],
  ['a page of the proxy', page(502)],
  ['a full browser', failureOfFullBrowser()],
  ['a server that stops', refused('server_stopping', 503)],
  ['a server without its database', refused('store_unavailable', 503)],
])('a start that failed for %s can be sent again under its key', (_, failure) => {
  expect(isResumable(failure)).toBe(true);
});

it.each([
  ['a file that is gone', failureOfLostReference('a.png')],
  ['a refusal of the gateway', refused('invalid_value', 400)],
  ['a 429', refused('rate_limit_exceeded', 429)],
])('one that failed for %s cannot', (_, failure) => {
  expect(isResumable(failure)).toBe(false);
});

it('a server that is stopping, or has lost its database, comes back; a proxy may hide anything', () => {
  expect(isServerAway(refused('server_stopping', 503))).toBe(true);
  expect(isServerAway(refused('store_unavailable', 503))).toBe(true);
  expect(isServerAway(page(503))).toBe(false);
});

it('a turn and a budget are waited for, a limit of the gateway is not', () => {
  const ofKind = (kind: FailureKind) => ({ ...failureOfNetwork(''), kind });
  expect(isTurnWait(failureOfTicket())).toBe(true);
  expect(isTurnWait(ofKind('budget_wait'))).toBe(true);
  expect(isTurnWait(ofKind('budget_spent'))).toBe(true);
  expect(isTurnWait(refused('rate_limit_exceeded', 429))).toBe(false);
  expect(isTurnWait(ofKind('quota_spent'))).toBe(false);
});
