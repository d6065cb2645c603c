import { isTurnWait } from '../../core/runs/failure-kind';
import { longestDelayMs } from '../../core/runs/retry-delay';
import type { RunFailure } from '../../core/runs/run-failure';
import {
  isInFlight,
  isPosted,
  isStarted,
  type LocalRun,
  reduceLocalRun,
  waitsForTurn,
} from '../../core/runs/run-state';
import { isTabVisible } from '../browser/tabs';
import { storageProblem } from '../storage/database';
import { reportStorageProblem } from '../storage/storage-status';
import { storedValues } from '../storage/stored-values';
import { createTurns, withTurnAt } from './await-turn';
import { loadExpectedDuration } from './expected-duration';
import { type Pause, planRetry, planTurn } from './plan-retry';
import { attemptRun, type EngineEvent, isFailure, isRateLimit, unreadFailure } from './run-attempt';
import { browserDeps } from './run-deps';
import type { RunKind } from './run-kind';
import { cancelRun, retryKey } from './run-requests';
import { sharingStore } from './sharing-store';

/** So long at most until a run that waits looks whether it still has to. */
const stepMs = 1000;

/**
 * The engine of one kind of run: a state machine that takes each run to its end, from wherever it
 * stands, and retries after a 429 or while the server restarts.
 */
export function createRunEngine<R extends LocalRun, Event extends { type: string }>(
  kind: RunKind<R, Event>,
  deps = browserDeps,
) {
  const active = new Map<string, AbortController>();
  const turns = createTurns(deps);

  function apply(id: string, event: EngineEvent | Event): void {
    const before = kind.find(id);
    kind.change(id, (run) => kind.reduce(run, event));
    const run = kind.find(id);
    // An end is reported when it is seen, and once more when everything is saved.
    if (event.type !== 'end' || run === before || run?.durationMs == null) return;
    void storedValues.addDuration(kind.durationKind(run), run.durationMs).catch(() => {});
  }

  async function save(id: string): Promise<void> {
    const keep = async () => {
      const run = kind.find(id);
      if (run) await kind.save(run);
    };
    await keep().catch((error) =>
      reportStorageProblem(storageProblem(error), { name: `run ${id}`, keep }),
    );
  }

  /** Takes over what another tab has saved of a run, if that got further. */
  async function reload(id: string): Promise<boolean> {
    const here = kind.find(id);
    const saved = await kind.load(id).catch(() => undefined);
    if (!here || !saved) return false;
    // What has ended here gets further only by what is whole.
    if (!isInFlight(here) && saved.state !== 'done') return false;
    const isSent = saved.key === here.nextTry?.key && isStarted(saved);
    if (saved.tries <= here.tries && isInFlight(saved) && !isSent) return false;
    kind.put(saved);
    return true;
  }

  /** Ends the pause of a run, if it is let in. @throws the signal's reason */
  async function tryAgain(run: R, signal: AbortSignal): Promise<void> {
    const waitMs = (await kind.admitAgain?.(run)) ?? 0;
    if (waitMs > 0) return deps.pause(Math.min(stepMs, waitMs), signal);
    apply(run.id, { type: 'try-again', ...(waitsForTurn(run) && { turnAt: deps.now() }) });
    await save(run.id);
  }

  const isHeldBack = (id: string): boolean => kind.isHeldBack?.(id) === true;

  /**
   * Waits while a run pauses, for its turn or a step towards its next try, and then looks whether it may be sent.
   * @returns whether its turn in the model's line has come
   * @throws the signal's reason
   */
  async function waitToTry(run: R, signal: AbortSignal): Promise<boolean> {
    const { id, key, nextTry } = run;
    if (waitsForTurn(run) && isHeldBack(id)) {
      // It may have been paused while it was being refused.
      turns.leave(key);
      await deps.pause(stepMs, signal);
      return false;
    }
    if (run.trouble?.kind === 'queue_wait') return waitForTurn(run, signal);
    const left = (nextTry?.at ?? 0) - deps.now();
    // In short steps, since the sleep of a laptop stretches a long timer. A pause longer than was
    // planned means that the clock was put back.
    const planned = nextTry?.waitMs ?? longestDelayMs;
    if (left > 0 && left <= planned) await deps.pause(Math.min(stepMs, left), signal);
    else if (!(await reload(id))) await tryAgain(run, signal);
    return false;
  }

  /** As `waitToTry`, for a run in a line. */
  async function waitForTurn(run: R, signal: AbortSignal): Promise<boolean> {
    const { id } = run;
    const turn = await turns.wait({
      ...run,
      isHeldBack: () => isHeldBack(id),
      onPlace: (at) => kind.change(id, (one) => withTurnAt(one, at)),
      signal,
    });
    if (turn === 'held' || (await reload(id))) return false;
    if (typeof turn === 'object') {
      apply(id, { type: 'reported', ...turn });
      await save(id);
      return false;
    }
    await tryAgain(run, signal);
    return turn === 'called';
  }

  /** @throws the signal's reason */
  async function execute(id: string, signal: AbortSignal): Promise<void> {
    let hasTurn = false;
    for (let run = kind.find(id); run && isInFlight(run); run = kind.find(id)) {
      if (run.state === 'pausing') hasTurn = await waitToTry(run, signal);
      else {
        await tryOnce(run, { hasTurn, signal });
        hasTurn = false;
      }
    }
  }

  /** Takes a run to its end, to its next pause, or through a sign-in. @throws the signal's reason */
  async function tryOnce(
    run: R,
    { hasTurn, signal }: { hasTurn: boolean; signal: AbortSignal },
  ): Promise<void> {
    const { id } = run;
    // The start of what waits for its lane is noted when it is admitted.
    if (!kind.admitAgain && run.state === 'queued') {
      void deps.lanes.noteStart(kind.asks(run).model, deps.now()).catch(() => {});
    }
    const ending = await attemptRun({
      run,
      kind,
      hasTurn,
      apply: (event) => apply(id, event),
      save: () => save(id),
      signal,
      deps,
    });
    const failure = isFailure(ending) ? ending.trouble : undefined;
    if (failure?.kind === 'signed_out') {
      await deps.untilSignedIn(signal);
      await reload(id);
      return;
    }
    const retry = failure && (await planLater(run, failure));
    // A start that this browser could not send would keep its slot from others.
    if (hasTurn && failure && !retry && !isStarted(kind.find(id) ?? run)) turns.leave(run.key);
    // Another tab may have read the answer before the server let go of it.
    if (failure && !retry && (await reload(id))) return;
    apply(id, retry ?? ending);
    await save(id);
  }

  /** The pause before the next try of a run; undefined if there is none. A model's lane hears of a 429. */
  async function planLater(run: R, failure: RunFailure): Promise<Pause | undefined> {
    const isKept = failure.kind !== 'budget_spent' || (await kind.keepUnsent?.(run, failure));
    if (isTurnWait(failure) && isKept) {
      turns.noteRefusal(run.key);
      return planTurn(run, failure, deps.now());
    }
    if (!isRateLimit(failure)) return planRetry(run, failure, deps);
    const { retryAfterSeconds } = failure;
    const now = deps.now();
    const lane = await deps.lanes
      .noteRefusal(kind.asks(run).model, { now, retryAfterSeconds })
      .catch(() => undefined);
    if (!kind.admitAgain) return planRetry(run, failure, deps);
    const at = lane?.blockedUntil ?? now + (retryAfterSeconds ?? 30) * 1000;
    const nextTry = { key: retryKey(run.key), at, waitMs: at - now };
    return { type: 'pause', trouble: failure, nextTry };
  }

  /** Ends a run whose events cannot be applied, so that no reload takes it up again. */
  async function fail(id: string, trouble: RunFailure): Promise<void> {
    kind.change(id, (run) => reduceLocalRun(run, { type: 'trouble', trouble, durationMs: null }));
    await save(id);
  }

  /** Ends at the server what this tab has of a run: the run, or the place in line of its start. */
  async function letGo(run: R): Promise<void> {
    await cancelRun(run.key, run.state === 'uploading');
    const mayHavePlace = run.trouble?.kind === 'queue_wait' || sharingStore.getState().queue;
    if (mayHavePlace && !isStarted(run)) await turns.giveBack(run.key);
  }

  /** Takes a run to its end, once in a tab. */
  async function resume(id: string): Promise<void> {
    if (active.has(id)) return;
    const aborter = new AbortController();
    active.set(id, aborter);
    try {
      await execute(id, aborter.signal);
    } catch (error) {
      if (aborter.signal.aborted) return;
      const run = kind.find(id);
      if (!run || !isPosted(run)) throw error;
      await fail(id, unreadFailure(error));
    } finally {
      active.delete(id);
    }
  }

  return {
    save,
    resume,
    /** Whether this tab carries a run on: then it is known better here than as it was saved. */
    isCarried: (id: string): boolean => active.has(id),
    /** Starts a new run. It is saved before it is sent, so that a reload at any moment finds it. */
    start(id: string, saving = save(id)): void {
      const run = kind.find(id);
      if (!run) return;
      void saving.then(() => resume(id));
      void loadExpectedDuration(kind.durationKind(run)).then((expectedMs) =>
        kind.change(id, (one) => ({ ...one, expectedMs: expectedMs ?? null })),
      );
    },
    /** Starts a run that could not be started once more, under the same key. */
    reopen(id: string): void {
      kind.change(id, kind.reopened);
      void save(id).then(() => resume(id));
    },
    /** Ends the countdown to the next try of a run. */
    tryNow(id: string): void {
      kind.change(id, (run) => ({ ...run, nextTry: run.nextTry && { ...run.nextTry, at: 0 } }));
    },
    /** Stops a run, at once here and as soon as possible at the gateway. */
    async stop(id: string): Promise<void> {
      const run = kind.find(id);
      if (!run || !isInFlight(run)) return;
      active.get(id)?.abort();
      apply(id, { type: 'cancel', now: deps.now() });
      // Another tab may have read its answer to the end by now.
      void save(id).then(() => reload(id));
      await letGo(run);
    },
    /**
     * Takes in a run as another tab has saved it.
     * @param isShown whether this tab shows it even if it has ended
     */
    hear(run: R, isShown: boolean): void {
      const aborter = active.get(run.id);
      // An active run is known better here, unless somebody has stopped it in the other tab.
      if (aborter && run.state !== 'cancelled') return;
      aborter?.abort();
      const here = aborter && kind.find(run.id);
      // The other tab does not know that it is being sent.
      if (here?.state === 'uploading') void letGo(here);
      if (isShown || isInFlight(run)) kind.put(run);
      // The tab that posts a run may be closed afterwards. A hidden tab leaves the run to it, since
      // each tab that takes part reads the whole answer.
      if (isPosted(run) && isTabVisible()) void resume(run.id);
    },
    /** Resumes runs that were saved in flight, whichever tab has started them. */
    takeUp(runs: readonly R[]): void {
      for (const run of runs) {
        if (active.has(run.id)) continue;
        kind.put(run);
        void resume(run.id);
      }
    },
  };
}
