import type { AnswerContents } from '../chat/message';
import type { TurnFields } from '../endpoints/chat/chat-request';
import { emptyImageForm, type ImageForm } from '../endpoints/image-form';
import { askedPictures, type ImageEndpoint, type ImageRequest } from '../endpoints/image-request';
import type { ImagesAnswer, ImagesUsage, PictureItem } from '../endpoints/images-answer';
import { isGiven, type JsonObject, valueAt } from '../endpoints/options';
import { optionsFor } from '../models/lookup';
import type { EndpointName, Model, ModelOption } from '../models/model';
import type { NamedPicture, PictureSlot } from '../pictures/stored-picture';
import type { Run } from './run';
import type { RunFailure } from './run-failure';
import {
  isInFlight,
  type LocalRun,
  type LocalRunEvent,
  newLocalRun,
  reduceLocalRun,
  reopenedLocalRun,
} from './run-state';

/** A place on a run's card, and its state. */
export type Slot =
  | { kind: 'waiting' }
  | { kind: 'arriving'; bytes: number }
  | PictureSlot
  | Exclude<PictureItem, { kind: 'bytes' }>
  | { kind: 'missing' }
  /** Removed at a time (in ms since 1970); the removal can be undone until it is purged. */
  | { kind: 'removed'; picture: PictureSlot; at: number };

/** The picture of a run, by its place there. */
export interface RunPlace {
  runId: string;
  index: number;
}

/** What an edit was made of, exactly as it was sent. */
export interface EditSources {
  /** In the order in which they were sent; the mask belongs to the first. */
  references: NamedPicture[];
  /** The PNG that was sent, and the share of the picture that it opens, from 0 to 1; null: none. */
  mask: { hash: string; share: number } | null;
  /** The picture of an earlier run that the first reference was, if it was one. */
  parent: RunPlace | null;
}

/** The experiment that a run belongs to, and its place there. */
export interface CellPlace {
  experiment: string;
  /** What is sent, as a hash (`cellKey`): what would send the same is one cell. */
  key: string;
  /** From 1; a cell that failed can be tried again as a further run. */
  attempt: number;
  /** It failed, and somebody wants a further attempt. */
  isWantedAgain?: boolean;
}

/** A run as the page keeps it: what was asked for, how it stands, what came of it. */
export interface RunEntry<Endpoint extends EndpointName = ImageEndpoint> extends LocalRun {
  endpoint: Endpoint;
  request: ImageRequest;
  /** What the form held, to have the same settings again. */
  form: ImageForm;
  /** What an edit was made of; null for a generation. Runs of before there were edits have none. */
  edit?: EditSources | null;
  /**
   * It was found at the server, and what it asked for is not known here: it can't be repeated, and
   * its prompt is empty.
   */
  isFound?: boolean;
  /** How many pictures were asked for, or may come at most. */
  asked: number;
  slots: Slot[];
  usage: ImagesUsage | undefined;
  /** Where it belongs, if it is part of an experiment. */
  cell?: CellPlace;
  /**
   * Of a chat: the fields that were sent beside its one message, which is the prompt and the pictures of
   * `edit`. Only cells are such runs; a conversation's answer is a message.
   */
  turn?: TurnFields;
  /** What a chat's answer says. Its pictures are in the slots as well. */
  said?: AnswerContents;
}

/** A run of any endpoint. */
export type AnyRun = RunEntry<EndpointName>;

/** A run that is part of an experiment. */
export type Cell = AnyRun & { cell: CellPlace };

/** The events of a run, in the order in which they occur. */
export type RunEvent =
  | Exclude<LocalRunEvent, { type: 'end' }>
  | { type: 'arriving'; index: number; bytes: number }
  | { type: 'picture'; index: number; picture: PictureSlot }
  /** A picture's transparency, which is measured later, perhaps after the run's end. */
  | { type: 'transparency'; hash: string; isTransparent: boolean }
  /** The rest of the answer, after its `picture` events. */
  | { type: 'end'; answer: ImagesAnswer; durationMs: number | null };

/** A new run, before anything was sent. */
export function createEntry({
  id,
  request,
  form,
  edit = null,
  now,
  expectedMs,
}: {
  id: string;
  request: ImageRequest;
  form: ImageForm;
  edit?: EditSources | null;
  now: number;
  expectedMs: number | null;
}): RunEntry {
  const asked = askedPictures(request).count;
  return {
    ...newLocalRun({ id, now, expectedMs }),
    endpoint: edit ? 'edits' : 'generations',
    request,
    form,
    edit,
    asked,
    slots: emptySlots(asked),
    usage: undefined,
  };
}

/** A run that the server knows and this browser has no record of. */
export function foundEntry({
  id,
  endpoint,
  model,
  createdAt,
}: Pick<Run, 'id' | 'model' | 'createdAt'> & { endpoint: ImageEndpoint }): RunEntry {
  const request = { model: model ?? '', prompt: '', n: 1 };
  const entry = createEntry({
    id,
    request,
    form: emptyImageForm,
    now: createdAt,
    expectedMs: null,
  });
  return { ...entry, endpoint, state: 'waiting', isFound: true };
}

/** The form to have a run's settings again. Its model is the one that was asked, even if nobody chose it. */
export function formOfRun({ form, request }: Pick<RunEntry, 'form' | 'request'>): ImageForm {
  return { ...form, model: request.model };
}

/** The run after an event; one that has ended stays as it is. */
export function reduceEntry<R extends AnyRun>(entry: R, event: RunEvent): R {
  if (event.type === 'transparency') return withTransparency(entry, event);
  if (!isInFlight(entry)) return entry;
  switch (event.type) {
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
      return { ...reduceLocalRun(settled(told), event), usage };
    }
    case 'pause':
      return { ...reduceLocalRun(entry, event), slots: emptySlots(entry.asked) };
    case 'trouble':
    case 'cancel':
      return reduceLocalRun(settled(entry), event);
    default:
      return reduceLocalRun(entry, event);
  }
}

/** A run that could not be started, to be started once more under the same key. */
export function reopened<R extends AnyRun>(entry: R): R {
  return { ...reopenedLocalRun(entry), slots: emptySlots(entry.asked) };
}

/** The run with one of its pictures removed. */
export function withoutPicture<R extends AnyRun>(entry: R, index: number, now: number): R {
  const slot = entry.slots[index];
  if (slot?.kind !== 'picture') return entry;
  return withSlot(entry, index, { kind: 'removed', picture: slot, at: now });
}

/** The run with a removed picture restored. */
export function withPictureBack<R extends AnyRun>(entry: R, index: number): R {
  const slot = entry.slots[index];
  return slot?.kind === 'removed' ? withSlot(entry, index, slot.picture) : entry;
}

/** The run without the pictures that were removed before a time; this cannot be undone. */
export function withoutRemoved<R extends AnyRun>(entry: R, before: number): R {
  const slots = entry.slots.map(
    (slot): Slot => (slot.kind === 'removed' && slot.at < before ? { kind: 'missing' } : slot),
  );
  return { ...entry, slots };
}

/**
 * The pictures of a run that are there, with their places. A stored run whose slots are damaged has none: lists
 * of many runs' pictures must not fail by one.
 */
export function picturesOf({ slots }: Pick<RunEntry, 'slots'>): {
  index: number;
  picture: PictureSlot;
}[] {
  if (!Array.isArray(slots)) return [];
  return slots.flatMap((slot, index) =>
    slot.kind === 'picture' ? [{ index, picture: slot }] : [],
  );
}

function withTransparency<R extends AnyRun>(
  entry: R,
  { hash, isTransparent }: { hash: string; isTransparent: boolean },
): R {
  const isIt = (slot: Slot) => slot.kind === 'picture' && slot.hash === hash;
  if (!entry.slots.some(isIt)) return entry;
  const slots = entry.slots.map((slot) => (isIt(slot) ? { ...slot, isTransparent } : slot));
  return { ...entry, slots };
}

function emptySlots(count: number): Slot[] {
  return Array.from({ length: count }, () => ({ kind: 'waiting' }));
}

// An answer may hold more pictures than were asked for: they are shown too.
function withSlot<R extends AnyRun>(entry: R, index: number, slot: Slot): R {
  const slots = [...entry.slots];
  while (slots.length <= index) slots.push({ kind: 'waiting' });
  slots[index] = slot;
  return { ...entry, slots };
}

function settled<R extends AnyRun>(entry: R): R {
  const slots = entry.slots.map(
    (slot): Slot =>
      slot.kind === 'waiting' || slot.kind === 'arriving' ? { kind: 'missing' } : slot,
  );
  return { ...entry, slots };
}

/**
 * The option of a refused request that the gateway complains of by name, so that the same can be
 * sent without it; only one that may be left out, because nothing is sent for it unless chosen.
 */
export function refusedOption(
  { endpoint, request }: Pick<RunEntry, 'endpoint' | 'request'>,
  { kind, param, message }: Pick<RunFailure, 'kind' | 'param' | 'message'>,
  model: Model,
): ModelOption | undefined {
  if (kind !== 'refused') return undefined;
  return optionsFor(model, endpoint).find(
    ({ name, default: usual }) =>
      usual === null &&
      isGiven(valueAt(request as JsonObject, name)) &&
      (param === name || new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(message)),
  );
}
