import { emptyImageForm } from '../../core/endpoints/image-form';
import type { Run } from '../../core/runs/run';
import { createEntry, type RunEntry, type RunEvent, reduceEntry } from '../../core/runs/run-entry';
import { type RunFailure, readRunFailure } from '../../core/runs/run-failure';
import { isInFlight } from '../../core/runs/run-state';
import type { ImagesAnswerEvent } from '../answers/images-reader';
import type { ReadEvent } from '../answers/read-answer';
import { SignedOut } from '../api/api';
import { createConnectionLimit } from './connection-limit';
import { retryKey } from './retry-key';
import { type CarryWorld, carryRun } from './run-engine';

export const firstKey = '0b8f6d0e-4f6e-4bd5-9d3a-000000000001';
export const secondKey = retryKey(firstKey);
const request = { model: 'm', prompt: 'a bear', n: 2 };
export const picture = { kind: 'picture', hash: 'h', byteLength: 3, header: undefined } as const;
export const good: ReadEvent<ImagesAnswerEvent>[] = [
  { type: 'picture', index: 0, picture },
  {
    type: 'end',
    durationMs: 4000,
    answer: { created: 1, usage: undefined, items: [{ kind: 'bytes', byteLength: 3 }] },
  },
];
export const rateLimit = (retryAfter?: string): RunFailure =>
  readRunFailure({
    status: 429,
    headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    text: '{"error":{"message":"slow down","code":"rate"}}',
    now: 0,
  });
export const stopping = readRunFailure({
  status: 503,
  headers: new Headers({ 'retry-after': '5' }),
  text: '{"error":{"message":"being stopped","type":"server_error","code":"server_stopping"}}',
  now: 0,
});
export const refused = (trouble: RunFailure): ReadEvent<ImagesAnswerEvent>[] => [
  { type: 'trouble', trouble, durationMs: 10 },
];

export const runAt = (id: string, change: Partial<Run> = {}): Run => ({
  id,
  endpoint: 'generations',
  model: 'm',
  state: 'answering',
  status: 200,
  createdAt: 1000,
  firstByteAt: 2000,
  endedAt: null,
  receivedBytes: 10,
  bytes: 0,
  error: null,
  ...change,
});

/** A world in which time passes only by waiting, with a server that does as it is told. */
export function createWorld({
  starts = [],
  answers = [],
  watched = (id) => runAt(id),
  uploadMs = 0,
}: {
  /** What each POST meets: an error, a refusal, or (by default) a run. */
  starts?: (Error | RunFailure | undefined)[];
  /** What each answer holds, in their order; good ones by default. */
  answers?: (ReadEvent<ImagesAnswerEvent>[] | Error)[];
  watched?: (id: string) => Run | undefined | SignedOut;
  uploadMs?: number;
} = {}) {
  const posted: string[] = [];
  const kept: RunEntry[] = [];
  let clock = 0;
  let signIns = 0;
  let entry = createEntry({
    id: firstKey,
    request,
    form: emptyImageForm,
    now: 0,
    expectedMs: null,
  });
  const stopping = new AbortController();
  const world: CarryWorld<RunEntry, RunEvent> = {
    async startRun({ key }) {
      posted.push(key);
      clock += uploadMs;
      const outcome = starts.shift();
      if (outcome instanceof Error) throw outcome;
      return outcome
        ? { trouble: outcome }
        : { run: runAt(key, { state: 'waiting', status: null }) };
    },
    transfers: createConnectionLimit(),
    async watch({ id, onReport }) {
      const run = watched(id);
      if (run instanceof SignedOut) throw run;
      if (run) onReport(run, 0);
      return run;
    },
    async followAnswer({ report }) {
      const answer = answers.shift() ?? good;
      if (answer instanceof Error) throw answer;
      for (const event of answer) report(event);
    },
    onConnection: () => {},
    async signIn() {
      signIns++;
    },
    async pause(milliseconds, signal) {
      signal.throwIfAborted();
      clock += milliseconds;
    },
    now: () => clock,
    random: () => 0,
  };
  const carry = () =>
    carryRun({
      current: async () => (isInFlight(entry) ? entry : undefined),
      apply: (event) => {
        entry = reduceEntry(entry, event);
      },
      keep: async () => void kept.push(entry),
      signal: stopping.signal,
      world,
    });
  return {
    carry,
    posted,
    kept,
    stopping,
    get entry() {
      return entry;
    },
    set entry(value) {
      entry = value;
    },
    get signIns() {
      return signIns;
    },
    get clock() {
      return clock;
    },
  };
}
