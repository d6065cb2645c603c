import { createStore } from 'zustand/vanilla';
import type { GenerationForm } from '../../core/endpoints/generation-form';
import type { ImagesUsage, PictureItem } from '../../core/endpoints/images-answer';
import type { ImageHeader } from '../../core/image-header';
import type { Trouble } from '../../core/trouble';
import type { RunEvent } from '../run-events';
import type { RunRequest } from '../runs';

/** A place on a run's card, and what has become of it. */
export type Slot =
  | { kind: 'waiting' }
  | { kind: 'arriving'; bytes: number }
  | { kind: 'picture'; url: string; byteLength: number; header: ImageHeader | undefined }
  | Exclude<PictureItem, { kind: 'bytes' }>
  | { kind: 'missing' };

/** The states of a run, by the names that the server's runs have (interface, "Runs"). */
export type RunState = 'waiting' | 'answering' | 'done' | 'failed' | 'cancelled';

/** One thing that a designer started: the request, its state, its answer. */
export interface Run extends RunRequest {
  id: string;
  /** What the form held, to have the same settings again. */
  form: GenerationForm;
  state: RunState;
  /** In ms since 1970. */
  createdAt: number;
  endedAt: number | null;
  slots: Slot[];
  /** How many pictures were asked for. */
  asked: number;
  usage: ImagesUsage | undefined;
  trouble: Trouble | null;
}

interface RunsState {
  /** Newest first. */
  runs: Run[];
  /** The run that was removed last; it can still come back. */
  removedId: string | null;
}

export const runsStore = createStore<RunsState>(() => ({ runs: [], removedId: null }));

/** Whether a run is under way. */
export function isUnderWay({ state }: Pick<Run, 'state'>): boolean {
  return state === 'waiting' || state === 'answering';
}

/** Puts a new run before the others. */
export function addRun(run: Run): void {
  forgetRemoved();
  runsStore.setState(({ runs }) => ({ runs: [run, ...runs] }));
}

/** Writes what became of a run into the store; a run that has ended stays as it is. */
export function applyRunEvent(id: string, event: RunEvent, now: number): void {
  changeRun(id, (run) => (isUnderWay(run) ? reduceRun(run, event, now) : run));
}

/** Marks a run as stopped. */
export function cancelRun(id: string, now: number): void {
  changeRun(id, (run) =>
    isUnderWay(run) ? { ...run, state: 'cancelled', endedAt: now, slots: settled(run.slots) } : run,
  );
}

/** Takes a run off the stage; until the next one goes it can be brought back. */
export function removeRun(id: string): void {
  forgetRemoved();
  runsStore.setState({ removedId: id });
}

/** Brings the removed run back. */
export function restoreRun(): void {
  runsStore.setState({ removedId: null });
}

/** Lets go of the removed run and of its pictures. */
export function forgetRemoved(): void {
  const { runs, removedId } = runsStore.getState();
  if (removedId === null) return;
  const gone = runs.find(({ id }) => id === removedId);
  for (const slot of gone?.slots ?? []) {
    if (slot.kind === 'picture') URL.revokeObjectURL(slot.url);
  }
  runsStore.setState({ runs: runs.filter((run) => run !== gone), removedId: null });
}

function changeRun(id: string, change: (run: Run) => Run): void {
  runsStore.setState(({ runs }) => ({
    runs: runs.map((run) => (run.id === id ? change(run) : run)),
  }));
}

function reduceRun(run: Run, event: RunEvent, now: number): Run {
  switch (event.type) {
    case 'answering':
      return { ...run, state: 'answering' };
    case 'arriving':
      return withSlot(run, event.index, { kind: 'arriving', bytes: event.bytes });
    case 'picture': {
      const { index, blob, header } = event;
      const url = URL.createObjectURL(blob);
      return withSlot(run, index, { kind: 'picture', url, byteLength: blob.size, header });
    }
    case 'end': {
      const { items, usage } = event.answer;
      const ended = { ...run, state: 'done' as const, endedAt: now, usage };
      const told = items.reduce(
        (next, item, index) => (item.kind === 'bytes' ? next : withSlot(next, index, item)),
        ended,
      );
      return { ...told, slots: settled(told.slots) };
    }
    case 'trouble':
      return {
        ...run,
        state: 'failed',
        endedAt: now,
        trouble: event.trouble,
        slots: settled(run.slots),
      };
  }
}

// An answer may hold more pictures than were asked for: they are shown too.
function withSlot<T extends { slots: Slot[] }>(run: T, index: number, slot: Slot): T {
  const slots = [...run.slots];
  while (slots.length <= index) slots.push({ kind: 'waiting' });
  const before = slots[index];
  if (before?.kind === 'picture') URL.revokeObjectURL(before.url);
  slots[index] = slot;
  return { ...run, slots };
}

function settled(slots: Slot[]): Slot[] {
  return slots.map((slot) =>
    slot.kind === 'waiting' || slot.kind === 'arriving' ? { kind: 'missing' } : slot,
  );
}
