import type { PictureSlot } from '../pictures/stored-picture';
import { type Cell, picturesOf } from '../runs/run-entry';
import type { RunFailure } from '../runs/run-failure';
import { isInFlight, waitsForTurn } from '../runs/run-state';
import { hasOnlyWords, linksOf, wordsOf } from './cell';
import type { PlanCell } from './plan';

/** A picture that a cell of the grid shows. */
export interface CellPicture {
  cell: Cell;
  /** Its place in the run. */
  index: number;
  picture: PictureSlot;
}

/** How a combination stands. Times are in ms since 1970. */
export type CellState =
  | { kind: 'planned' | 'impossible' | 'left_out' | 'queued' | 'removed' }
  /** Somebody stopped it. `mayBeCharged`: it had been sent by then. */
  | { kind: 'stopped'; mayBeCharged: boolean }
  /** The gateway has said 429: it is tried again then. */
  | { kind: 'rate'; at: number | null }
  /** It waits for its turn or for a budget; it is sent then. */
  | { kind: 'turn'; at: number | null }
  | { kind: 'running'; since: number | null }
  | { kind: 'arriving'; bytes: number }
  | { kind: 'pictures' }
  /** Addresses came in place of pictures. */
  | { kind: 'links'; urls: readonly string[] }
  /** Words came in place of a picture. */
  | { kind: 'words'; words: string }
  | { kind: 'failed'; trouble: RunFailure | null };

/** A combination as the grid shows it. */
export interface SeenCell {
  state: CellState;
  /** All that have arrived, whatever the state. */
  pictures: CellPicture[];
  /** The runs of those of its requests that were sent. */
  sent: readonly Cell[];
}

/**
 * How a combination stands, over all its requests: what is under way before what has failed, and both
 * before what has arrived.
 * @param runs the run of each request, in their order; undefined: it was not sent yet
 * @param isStarted whether its experiment will send what was not sent yet
 */
export function seenCell(
  planned: PlanCell,
  runs: readonly (Cell | undefined)[],
  isStarted: boolean,
): SeenCell {
  const sent = runs.filter((run) => run !== undefined);
  const pictures = sent.flatMap((cell) =>
    picturesOf(cell).map(({ index, picture }): CellPicture => ({ cell, index, picture })),
  );
  return { pictures, sent, state: stateOf({ planned, runs, sent, pictures, isStarted }) };
}

function stateOf({
  planned,
  runs,
  sent,
  pictures,
  isStarted,
}: {
  planned: PlanCell;
  runs: readonly (Cell | undefined)[];
  sent: readonly Cell[];
  pictures: readonly CellPicture[];
  isStarted: boolean;
}): CellState {
  // The pause has given its place in line away, and nothing of it was sent: it is as good as new.
  const underWay = sent.filter((run) => isInFlight(run) && (isStarted || !waitsForTurn(run)));
  if (underWay.length > 0) return stateUnderWay(underWay);
  const isWaiting = isStarted && !planned.isLeftOut && runs.some((run) => run === undefined);
  if (isWaiting && runs.length > 0) return { kind: 'queued' };
  // What can't be sent any more is not tried again.
  const canBeSent = planned.problems.length === 0;
  const failed = canBeSent && sent.find(({ state }) => state === 'failed');
  if (failed) return { kind: 'failed', trouble: failed.trouble };
  if (pictures.length > 0) return { kind: 'pictures' };
  const urls = sent.flatMap(linksOf);
  if (urls.length > 0) return { kind: 'links', urls };
  const said = sent.find(hasOnlyWords);
  if (said) return { kind: 'words', words: wordsOf(said) };
  const stopped = canBeSent ? sent.filter(({ state }) => state === 'cancelled') : [];
  if (stopped.length > 0) {
    // One that waited for its next try has no duration, and nothing was made of it.
    return {
      kind: 'stopped',
      mayBeCharged: stopped.some(({ durationMs }) => durationMs !== null),
    };
  }
  if (sent.some(({ slots }) => slots.some(({ kind }) => kind === 'removed'))) {
    return { kind: 'removed' };
  }
  if (canBeSent && sent.some((run) => !isInFlight(run))) return { kind: 'failed', trouble: null };
  if (planned.isLeftOut) return { kind: 'left_out' };
  return { kind: canBeSent ? 'planned' : 'impossible' };
}

function stateUnderWay(runs: readonly Cell[]): CellState {
  const arriving = runs.flatMap(({ slots }) =>
    slots.flatMap((slot) => (slot.kind === 'arriving' ? [slot.bytes] : [])),
  );
  if (arriving.length > 0) {
    return { kind: 'arriving', bytes: arriving.reduce((sum, bytes) => sum + bytes, 0) };
  }
  const active = runs.find(({ state }) => state !== 'pausing');
  if (active) return { kind: 'running', since: active.startedAt };
  const inLine = runs.filter(waitsForTurn);
  const waiting = inLine.length > 0 ? inLine : runs;
  const next = waiting.flatMap(({ nextTry }) => (nextTry ? [nextTry.at] : []));
  const at = next.length > 0 ? Math.min(...next) : null;
  return { kind: inLine.length === 0 ? 'rate' : 'turn', at };
}

/** Whether a combination can be left out: what waited for its turn at a pause is sent again by the next run. */
export function canBeLeftOut({ state, sent }: SeenCell): boolean {
  return (state.kind === 'planned' || state.kind === 'queued') && !sent.some(isInFlight);
}

/** How many combinations stand how; those that are left out are in none of the others. */
export interface Progress {
  /** All that are to be sent. */
  all: number;
  ended: number;
  running: number;
  /** Waiting for a model that has said 429, and until when the first of them does. */
  waiting: number;
  waitsUntil: number | null;
  /** Waiting for their turn or for a budget, and when the first of them has it. */
  inLine: number;
  nextTurnAt: number | null;
  failed: number;
  /** Stopped by somebody. */
  stopped: number;
  onlyWords: number;
  /** Still to be sent by what runs now. */
  queued: number;
}

/** Counts how the cells of an experiment stand. */
export function progressOf(cells: readonly SeenCell[]): Progress {
  const of = (...kinds: CellState['kind'][]) =>
    cells.filter(({ state }) => kinds.includes(state.kind)).length;
  const first = (kind: 'rate' | 'turn') => {
    const times = cells.flatMap(({ state }) =>
      state.kind === kind && state.at !== null ? [state.at] : [],
    );
    return times.length > 0 ? Math.min(...times) : null;
  };
  return {
    all: cells.length - of('left_out', 'impossible'),
    ended: of('pictures', 'links', 'words', 'failed', 'stopped', 'removed'),
    running: of('running', 'arriving'),
    waiting: of('rate'),
    waitsUntil: first('rate'),
    inLine: of('turn'),
    nextTurnAt: first('turn'),
    failed: of('failed'),
    stopped: of('stopped'),
    onlyWords: of('words'),
    queued: of('queued'),
  };
}

/** The cells that failed or were stopped, by their index. */
export interface Failures {
  /** Nothing was made. */
  plain: number[];
  /** Somebody stopped them before anything was made. */
  stopped: number[];
  /** Somebody stopped them under way: what was sent may have been charged. */
  stoppedUnderWay: number[];
  /** They may have been carried out: the same again may cost a second time. */
  charged: number[];
  /** The prompt, or what came of it, was refused: the same again probably is too. */
  refused: number[];
}

/** Tells apart what could be tried again. */
export function failuresOf(cells: readonly SeenCell[]): Failures {
  const failures: Failures = {
    plain: [],
    stopped: [],
    stoppedUnderWay: [],
    charged: [],
    refused: [],
  };
  for (const [index, { state }] of cells.entries()) {
    if (state.kind === 'stopped') {
      failures[state.mayBeCharged ? 'stoppedUnderWay' : 'stopped'].push(index);
    }
    if (state.kind !== 'failed') continue;
    const { kind, mayBeCharged } = state.trouble ?? { kind: 'unknown', mayBeCharged: true };
    const isRefused = kind === 'prompt_refused' || kind === 'output_refused';
    failures[isRefused ? 'refused' : mayBeCharged ? 'charged' : 'plain'].push(index);
  }
  return failures;
}
