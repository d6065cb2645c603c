import { readImageHeader } from '../../core/bytes/image-header';
import { pathTo } from '../../core/chat/conversation';
import { expectedPicture } from '../../core/chat/settings';
import { type Card, isOfRun } from '../../core/gallery/card';
import type { Tile } from '../../core/gallery/tiles';
import type { Model } from '../../core/models/model';
import { pictureFileName } from '../../core/pictures/file-name';
import {
  expectationOf,
  nothingExpected,
  type PictureExpectation,
  type StoredPicture,
} from '../../core/pictures/stored-picture';
import type { RunPlace } from '../../core/runs/run-entry';
import { momentOf } from '../../core/runs/run-state';
import type { KeptPicture } from '../pictures/dragged-picture';
import { loadPicture } from '../pictures/picture-files';
import { findRun } from '../runs/runs-store';
import { type SentRun, sentRun } from '../runs/sent-run';
import { cellHistory } from '../storage/cells';
import { conversationHistory } from '../storage/conversations';
import { history } from '../storage/history';

/** What a card does not hold of the run or answer that it stands for. */
export interface CardDetails {
  prompt: string;
  expected: PictureExpectation;
  pictures: readonly DetailedPicture[];
  /** What has made it; undefined for an added picture, and for a run of which only the server told. */
  sent: SentRun | undefined;
  /** What was sent beside the prompt; null for an added picture. */
  settings: Record<string, unknown> | null;
}

export interface DetailedPicture extends StoredPicture {
  place: number;
  fileName: string;
  /** The run whose picture it is; null for those of conversations, and added ones. */
  parent: RunPlace | null;
  isTransparent?: boolean;
}

/** Enough for the size of any picture, whatever is written before it. */
const headerBytes = 256 * 1024;

/** Reads the rest of what a card stands for; undefined if it is not kept any more. */
export async function loadCardDetails(
  card: Card,
  models: readonly Model[],
): Promise<CardDetails | undefined> {
  if (card.origin === 'added') return detailsOfAdded(card);
  return isOfRun(card) ? detailsOfRun(card, models) : detailsOfAnswer(card, models);
}

let last: { id: string; details: CardDetails | undefined } | undefined;

/** Reads them ahead for what must be known at once, such as a drag. */
export async function prepareDetails(card: Card, models: readonly Model[]): Promise<void> {
  const details = await loadCardDetails(card, models).catch(() => undefined);
  last = { id: card.id, details };
}

/** A picture as other pages take it, if it was read ahead. */
export function preparedPicture({ id }: Pick<Card, 'id'>, place: number): KeptPicture | undefined {
  return last?.id === id ? keptPicture(last.details, place) : undefined;
}

/** The pictures of tiles as other pages take them; undefined for one that is not kept any more. */
export function loadKeptPictures(
  tiles: readonly Pick<Tile, 'card' | 'picture'>[],
  models: readonly Model[],
): Promise<(KeptPicture | undefined)[]> {
  return Promise.all(
    tiles.map(async ({ card, picture }) => {
      const details = await loadCardDetails(card, models).catch(() => undefined);
      return picture ? keptPicture(details, picture.place) : undefined;
    }),
  );
}

function keptPicture(details: CardDetails | undefined, place: number): KeptPicture | undefined {
  const its = details?.pictures.find((picture) => picture.place === place);
  if (!its?.header) return undefined;
  const { hash, byteLength, header, fileName: name, parent } = its;
  return { hash, byteLength, header, name, parent };
}

async function detailsOfRun(
  { id }: Card,
  models: readonly Model[],
): Promise<CardDetails | undefined> {
  const run = findRun(id) ?? (await history.loadRun(id)) ?? (await cellHistory.load(id));
  if (!run) return undefined;
  const { prompt, ...settings } = run.turn
    ? { ...run.turn, prompt: run.request.prompt }
    : run.request;
  const at = momentOf(run);
  const pictures = run.slots.flatMap((slot, place) => {
    if (slot.kind !== 'picture') return [];
    const format = slot.header?.format ?? 'bin';
    const fileName = pictureFileName({ prompt, at, index: place, format });
    return [{ ...slot, place, fileName, parent: { runId: id, index: place } }];
  });
  const sent = run.isFound ? undefined : sentRun(run);
  const expected = run.turn ? expectedPicture(run.turn, models) : expectationOf(run.request);
  return { prompt, expected, pictures, settings, sent };
}

async function detailsOfAnswer(
  { id }: Card,
  models: readonly Model[],
): Promise<CardDetails | undefined> {
  const answer = await conversationHistory.loadMessage(id);
  if (answer?.role !== 'assistant') return undefined;
  const messages = await conversationHistory.messages(answer.conversation);
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path = answer.parent === null ? [] : pathTo(byId, answer.parent);
  const question = path.at(-1);
  const prompt = question?.role === 'user' ? question.text : '';
  const at = momentOf(answer);
  let index = 0;
  const pictures = answer.parts.flatMap((part, place) => {
    if (part.kind !== 'picture') return [];
    const format = part.header?.format ?? 'bin';
    const fileName = pictureFileName({ prompt, at, index: index++, format });
    const { hash, byteLength, header, isTransparent } = part;
    return [{ hash, byteLength, header, isTransparent, place, fileName, parent: null }];
  });
  const { model: _model, ...settings } = answer.request.fields;
  const expected = expectedPicture(answer.request.fields, models);
  return { prompt, expected, pictures, settings: { ...settings }, sent: { answer, path } };
}

async function detailsOfAdded({ title, pictures }: Card): Promise<CardDetails | undefined> {
  const [picture] = pictures;
  const file = picture && (await loadPicture(picture.hash));
  if (!file) return undefined;
  const { hash, bytes: byteLength, place } = picture;
  const header = readImageHeader(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()));
  const detailed = { hash, byteLength, header, place, fileName: title, parent: null };
  return {
    prompt: title,
    expected: nothingExpected,
    pictures: [detailed],
    settings: null,
    sent: undefined,
  };
}
