import { emptyImageForm } from '../../core/endpoints/image-form';
import { refused as afterRefusal, newLane } from '../../core/experiments/lane';
import type { Run } from '../../core/runs/run';
import {
  createEntry,
  type RunEntry,
  type RunEvent,
  reduceEntry,
  reopened,
} from '../../core/runs/run-entry';
import { failureOfNetwork, type RunFailure, readRunFailure } from '../../core/runs/run-failure';
import { SignedOut } from '../api/api';
import type { TurnReport } from './poll-runs';
import type { RunDeps } from './run-deps';
import { createRunEngine } from './run-engine';
import type { RunKind } from './run-kind';
import { createConnectionLimit, retryKey } from './run-requests';

export type AnswerEvent = RunEvent;

export const firstKey = '0b8f6d0e-4f6e-4bd5-9d3a-000000000001';
export const secondKey = retryKey(firstKey);
const request = { model: 'm', prompt: 'a bear', n: 2 };
export const picture = { kind: 'picture', hash: 'h', byteLength: 3, header: undefined } as const;
export const good: AnswerEvent[] = [
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
export const withoutDatabase = readRunFailure({
  status: 503,
  headers: new Headers({ 'retry-after': '5' }),
  text: '{"error":{"message":"no answer","type":"server_error","code":"store_unavailable"}}',
  now: 0,
});
export const refused = (trouble: RunFailure): AnswerEvent[] => [
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

export const queueWait = (retryAfter: string): RunFailure =>
  readRunFailure({
    status: 429,
    headers: new Headers({ 'retry-after': retryAfter, 'x-should-retry': 'false' }),
    text: '{"error":{"message":"not yet","type":"rate_limit_error","code":"queue_wait"}}',
    now: 0,
  });
const ticket = { key: firstKey, model: 'm', place: 3, at: 720_000, heldUntil: null };
export const inLine: TurnReport = { run: undefined, ticket, mayStart: false, clockOffset: 0 };
export const called: TurnReport = {
  ...inLine,
  ticket: { ...ticket, heldUntil: 800_000 },
  mayStart: true,
};
export const withoutPlace: TurnReport = { ...inLine, ticket: undefined };

/** A world in which time passes only by waiting, with a server that does as it is told. */
export function createWorld({
  starts = [],
  answers = [],
  watched = (id) => runAt(id),
  turns = [],
  tickets = [],
  uploadMs = 0,
  encode = async () => ({ endpoint: 'generations', body: '{}' }),
  admitAgain,
  isHeldBack,
  keepUnsent,
}: {
  /** What each POST meets: an error, a refusal, or (by default) a run. */
  starts?: (Error | RunFailure | undefined)[];
  /** What each answer holds, in their order; good ones by default. */
  answers?: (AnswerEvent[] | Error)[];
  watched?: (id: string) => Run | undefined | SignedOut;
  /** What the lists tell of the line, a second apart; after them, that the turn has come. */
  turns?: (TurnReport | SignedOut)[];
  /** What becomes of each wish for a place in line. */
  tickets?: Awaited<ReturnType<RunDeps['takeTicket']>>[];
  uploadMs?: number;
  encode?: RunKind<RunEntry, RunEvent>['encode'];
  /** As a kind has it whose runs wait for their lane. */
  admitAgain?: () => Promise<number>;
  isHeldBack?: () => boolean;
  keepUnsent?: () => Promise<boolean>;
} = {}) {
  const posted: string[] = [];
  const kept: RunEntry[] = [];
  /** What the lane of the model was told. */
  const noted: string[] = [];
  const asked: object[] = [];
  const dropped: string[] = [];
  let lane = newLane('m');
  let clock = 0;
  let signIns = 0;
  let loads = 0;
  let saved: RunEntry | undefined;
  let failing: RunEvent['type'] | undefined;
  let entry = createEntry({
    id: firstKey,
    request,
    form: emptyImageForm,
    now: 0,
    expectedMs: null,
  });
  const deps: RunDeps = {
    async postRun({ key }) {
      posted.push(key);
      clock += uploadMs;
      const outcome = starts.shift();
      if (outcome instanceof Error) throw outcome;
      return outcome
        ? { trouble: outcome }
        : { run: runAt(key, { state: 'waiting', status: null }) };
    },
    fetchRun: async (id) => runAt(id),
    limit: createConnectionLimit(),
    async watch({ id, onReport }) {
      const run = watched(id);
      if (run instanceof SignedOut) throw run;
      if (run) onReport(run, 0);
      return run;
    },
    async watchTurn({ isEnough, signal }) {
      for (;;) {
        signal.throwIfAborted();
        clock += 1000;
        const report = turns.shift() ?? called;
        if (report instanceof SignedOut) throw report;
        if (isEnough(report)) return report;
        // Others have their turn.
        await new Promise((go) => setImmediate(go));
      }
    },
    async takeTicket(ask) {
      asked.push(ask);
      return tickets.shift() ?? { trouble: failureOfNetwork('') };
    },
    async dropTicket(key) {
      dropped.push(key);
      return true;
    },
    async untilSignedIn() {
      signIns++;
    },
    async pause(milliseconds, signal) {
      signal.throwIfAborted();
      clock += milliseconds;
    },
    now: () => clock,
    random: () => 0,
    lanes: {
      async noteStart(model) {
        noted.push(`start of ${model}`);
        return lane;
      },
      noteRefusal: async (model, refusal) => {
        noted.push(`429 of ${model}`);
        lane = afterRefusal(lane, refusal);
        return lane;
      },
    },
  };
  const engine = createRunEngine<RunEntry, RunEvent>(
    {
      find: () => entry,
      put: (run) => {
        entry = run;
      },
      change: (_, change) => {
        entry = change(entry);
      },
      reduce(run, event) {
        if (event.type === failing) throw new Error(`no ${failing}`);
        return reduceEntry(run, event);
      },
      reopened,
      load: async () => {
        loads++;
        return saved;
      },
      save: async (run) => void kept.push(run),
      durationKind: () => 'kind',
      asks: ({ asked }) => ({ model: 'm', pictures: asked }),
      admitAgain,
      isHeldBack,
      keepUnsent,
      encode,
      awaitAnswer: () => () => {},
      async openAnswer(_, { report }) {
        const answer = answers.shift() ?? good;
        if (answer instanceof Error) throw answer;
        for (const event of answer) report(event);
      },
    },
    deps,
  );
  return {
    ...engine,
    /** Takes the run to its end. */
    resume: () => engine.resume(firstKey),
    posted,
    kept,
    noted,
    /** The places in line that were asked for, and given back. */
    asked,
    dropped,
    /** From now on the page cannot do with such an event. */
    failAt(type: RunEvent['type']) {
      failing = type;
    },
    /** How often it was looked up what other tabs have saved. */
    get loads() {
      return loads;
    },
    /** What another tab saves. */
    saveElsewhere(run: RunEntry) {
      saved = run;
    },
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
