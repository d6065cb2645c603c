import { askedPictures } from './asked-pictures';
import type { GenerationForm } from './endpoints/generation-form';
import type { ImageRequest } from './endpoints/image-request';
import type { ImagesAnswer, ImagesUsage, PictureItem } from './endpoints/images-answer';
import type { ImageHeader } from './image-header';
import type { Run } from './run';
import type { Trouble } from './trouble';

/** A picture that has arrived whole; its bytes are kept under their hash. */
export interface PictureSlot {
  kind: 'picture';
  /** SHA-256 of the file, in hex. */
  hash: string;
  byteLength: number;
  header: ImageHeader | undefined;
  /** Whether any of it can be seen through; absent: it was not looked at. */
  isTransparent?: boolean;
}

/** A place on a run's card, and what has become of it. */
export type Slot =
  | { kind: 'waiting' }
  | { kind: 'arriving'; bytes: number }
  | PictureSlot
  | Exclude<PictureItem, { kind: 'bytes' }>
  | { kind: 'missing' }
  /** Taken off at a time (in ms since 1970); until it is let go for good it can come back. */
  | { kind: 'removed'; picture: PictureSlot; at: number };

/**
 * How a run stands for the page. `queued`: it waits for a free transfer here; `pausing`: after a
 * 429 it waits to be tried again; the others are the server's (interface, "Runs").
 */
export type EntryState =
  | 'queued'
  | 'uploading'
  | 'waiting'
  | 'answering'
  | 'pausing'
  | 'done'
  | 'failed'
  | 'cancelled';

/** A run as the page keeps it: what was asked for, how it stands, what came of it. Plain data. */
export interface RunEntry {
  /** The key of its first try; stays when it is tried again. */
  id: string;
  endpoint: 'generations';
  request: ImageRequest;
  /** What the form held, to have the same settings again. */
  form: GenerationForm;
  /** How many pictures were asked for, or may come at most. */
  asked: number;
  /** By this browser's clock, in ms since 1970. */
  createdAt: number;
  state: EntryState;
  /** The `Idempotency-Key` of the current try. */
  key: string;
  /** How many tries there were, the current one included. */
  tries: number;
  /**
   * The try that follows a 429. Its key is made beforehand and kept, so that two tabs, or a reload,
   * can only send the same one.
   */
  nextTry: { key: string; at: number } | null;
  /** When the server took the current try up, on this browser's clock. */
  startedAt: number | null;
  /** How long such a run took before, in ms. */
  expectedMs: number | null;
  /** How long it took, by the server's clock, in ms. */
  durationMs: number | null;
  slots: Slot[];
  usage: ImagesUsage | undefined;
  /** Why it failed; while it is tried again, why the try before did. */
  trouble: Trouble | null;
}

/** What happens to a run, in the order in which it happens. */
export type RunEvent =
  | { type: 'uploading' }
  | { type: 'reported'; run: Run; clockOffset: number }
  | { type: 'arriving'; index: number; bytes: number }
  | { type: 'picture'; index: number; picture: PictureSlot }
  /** Found out of a picture, perhaps after the run's end. */
  | { type: 'transparency'; index: number; isTransparent: boolean }
  /** With `picture` before it, everything that the answer holds. */
  | { type: 'end'; answer: ImagesAnswer; durationMs: number | null }
  | { type: 'trouble'; trouble: Trouble; durationMs: number | null }
  | { type: 'pause'; trouble: Trouble; nextTry: { key: string; at: number } }
  | { type: 'try-again' }
  | { type: 'cancel'; now: number };

/** A new run, before anything was sent. */
export function createEntry({
  id,
  request,
  form,
  now,
  expectedMs,
}: {
  id: string;
  request: ImageRequest;
  form: GenerationForm;
  now: number;
  expectedMs: number | null;
}): RunEntry {
  const asked = askedPictures(request).count;
  return {
    id,
    endpoint: 'generations',
    request,
    form,
    asked,
    createdAt: now,
    state: 'queued',
    key: id,
    tries: 1,
    nextTry: null,
    startedAt: null,
    expectedMs,
    durationMs: null,
    slots: emptySlots(asked),
    usage: undefined,
    trouble: null,
  };
}

/** The states in which something is still to be expected of a run. */
export const statesUnderWay = [
  'queued',
  'uploading',
  'waiting',
  'answering',
  'pausing',
] as const satisfies EntryState[];

/** Whether something is still to be expected of a run. */
export function isUnderWay({ state }: Pick<RunEntry, 'state'>): boolean {
  return (statesUnderWay as readonly EntryState[]).includes(state);
}

/** The run after an event; one that has ended stays as it is. */
export function reduceEntry(entry: RunEntry, event: RunEvent): RunEntry {
  if (event.type === 'transparency') return withTransparency(entry, event);
  if (!isUnderWay(entry)) return entry;
  switch (event.type) {
    case 'uploading':
      return { ...entry, state: 'uploading' };
    case 'reported':
      return reported(entry, event.run, event.clockOffset);
    case 'arriving':
      return withSlot(entry, event.index, { kind: 'arriving', bytes: event.bytes });
    case 'picture':
      return withSlot(entry, event.index, event.picture);
    case 'end': {
      const { items, usage } = event.answer;
      const told = items.reduce(
        (next, item, index) => (item.kind === 'bytes' ? next : withSlot(next, index, item)),
        entry,
      );
      const { durationMs } = event;
      return { ...settled(told), state: 'done', usage, durationMs, trouble: null };
    }
    case 'trouble': {
      const { trouble, durationMs } = event;
      return { ...settled(entry), state: 'failed', trouble, durationMs, nextTry: null };
    }
    case 'pause': {
      const { trouble, nextTry } = event;
      const slots = emptySlots(entry.asked);
      return { ...entry, state: 'pausing', trouble, nextTry, slots, startedAt: null };
    }
    case 'try-again': {
      const { nextTry, tries } = entry;
      if (!nextTry) return entry;
      const next = { key: nextTry.key, tries: tries + 1, nextTry: null };
      return { ...entry, ...next, state: 'queued' };
    }
    case 'cancel': {
      // Between two tries nothing is under way that could cost anything.
      const isWaiting = entry.state === 'pausing';
      const durationMs = isWaiting ? null : event.now - (entry.startedAt ?? entry.createdAt);
      return { ...settled(entry), state: 'cancelled', nextTry: null, trouble: null, durationMs };
    }
  }
}

/**
 * A run that could not be started, to be started once more under the same key: should it have been
 * started after all, it is found.
 */
export function reopened(entry: RunEntry): RunEntry {
  const slots = emptySlots(entry.asked);
  return { ...entry, state: 'queued', trouble: null, durationMs: null, slots };
}

/** The run with one of its pictures taken off. */
export function withoutPicture(entry: RunEntry, index: number, now: number): RunEntry {
  const slot = entry.slots[index];
  if (slot?.kind !== 'picture') return entry;
  return withSlot(entry, index, { kind: 'removed', picture: slot, at: now });
}

/** The run with a picture that was taken off put back. */
export function withPictureBack(entry: RunEntry, index: number): RunEntry {
  const slot = entry.slots[index];
  return slot?.kind === 'removed' ? withSlot(entry, index, slot.picture) : entry;
}

/** The run without what was taken off before a time, for good. */
export function withoutRemoved(entry: RunEntry, before: number): RunEntry {
  const slots = entry.slots.map(
    (slot): Slot => (slot.kind === 'removed' && slot.at < before ? { kind: 'missing' } : slot),
  );
  return { ...entry, slots };
}

/** The pictures of a run that are there, with their places. */
export function picturesOf({ slots }: Pick<RunEntry, 'slots'>): {
  index: number;
  picture: PictureSlot;
}[] {
  return slots.flatMap((slot, index) =>
    slot.kind === 'picture' ? [{ index, picture: slot }] : [],
  );
}

function withTransparency(
  entry: RunEntry,
  { index, isTransparent }: { index: number; isTransparent: boolean },
): RunEntry {
  const slot = entry.slots[index];
  return slot?.kind === 'picture' ? withSlot(entry, index, { ...slot, isTransparent }) : entry;
}

function reported(entry: RunEntry, run: Run, clockOffset: number): RunEntry {
  const { state } = run;
  // A run that has ended there is answering here until its answer has been read.
  const here = state === 'uploading' || state === 'waiting' ? state : 'answering';
  return { ...entry, state: here, startedAt: run.createdAt - clockOffset };
}

function emptySlots(count: number): Slot[] {
  return Array.from({ length: count }, () => ({ kind: 'waiting' }));
}

// An answer may hold more pictures than were asked for: they are shown too.
function withSlot(entry: RunEntry, index: number, slot: Slot): RunEntry {
  const slots = [...entry.slots];
  while (slots.length <= index) slots.push({ kind: 'waiting' });
  slots[index] = slot;
  return { ...entry, slots };
}

function settled(entry: RunEntry): RunEntry {
  const slots = entry.slots.map(
    (slot): Slot =>
      slot.kind === 'waiting' || slot.kind === 'arriving' ? { kind: 'missing' } : slot,
  );
  return { ...entry, slots };
}
