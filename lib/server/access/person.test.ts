import { expect, it } from 'vitest';
import { readConfig } from '../config';
import { singleton } from '../singleton';
import type { Caller } from './caller';
import { personOf } from './person';

const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '10.0.0.0/8' });
const peerHeader = singleton('peer-header', () => 'x-peer-test');

/** Whoever comes from an address, behind a proxy or not. */
const person = (
  address: string,
  [kind, user]: [Caller['kind'], string?] = ['anybody'],
  forwarded = '',
) =>
  personOf(
    { kind, user },
    new Headers({ [peerHeader]: address, 'x-forwarded-for': forwarded }),
    trustedProxies,
  );

const ann: [Caller['kind'], string] = ['session', 'ann'];
const bob: [Caller['kind'], string] = ['session', 'bob'];
const sdk: [Caller['kind'], string] = ['sdk', 'sdk@192.0.2.1'];
const nameless: [Caller['kind'], string] = ['nameless', 'nameless@192.0.2.1'];

it.each([
  ['a network is one', person('192.0.2.1'), person('192.0.2.1')],
  ['a /64 is one', person('2001:db8::1'), person('2001:db8::ffff')],
  ['a name is one, wherever it comes from', person('192.0.2.1', ann), person('192.0.2.2', ann)],
  ['who gave no name is its network', person('192.0.2.1', nameless), person('192.0.2.1')],
  ['an SDK is its network', person('192.0.2.1', sdk), person('192.0.2.1')],
  ['a name of a proxy is one', person('192.0.2.1', ['sso', 'ann']), person('192.0.2.2', ann)],
  [
    'behind a trusted proxy it is the address that this one names',
    person('10.0.0.1', undefined, '192.0.2.1'),
    person('192.0.2.1'),
  ],
  [
    'what somebody else forwards is nothing',
    person('192.0.2.1', undefined, '192.0.2.9'),
    person('192.0.2.1'),
  ],
])('%s', (_, one, same) => {
  expect(one).toBe(same);
});

it.each([
  ['networks', person('192.0.2.1'), person('192.0.2.2')],
  ['/64 networks', person('2001:db8::1'), person('2001:db8:0:1::1')],
  ['names', person('192.0.2.1', ann), person('192.0.2.1', bob)],
  [
    'a name that looks like an SDK’s and an SDK',
    person('192.0.2.1', ['session', 'sdk@192.0.2.1']),
    person('192.0.2.1', sdk),
  ],
  ['a name and a network', person('192.0.2.1', ann), person('192.0.2.1')],
  [
    'those behind one proxy',
    person('10.0.0.1', undefined, '192.0.2.1'),
    person('10.0.0.1', undefined, '192.0.2.2'),
  ],
])('two %s are two', (_, one, other) => {
  expect(one).not.toBe(other);
});
