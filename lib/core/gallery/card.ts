import type { ImageHeader } from '../bytes/image-header';
import { titleOf } from '../chat/conversation';
import { type Answer, isDraft, textOfAnswer } from '../chat/message';
import type { EndpointName } from '../models/model';
import {
  type NamedPicture,
  type PictureSlot,
  type StoredPicture,
  uprightSize,
} from '../pictures/stored-picture';
import type { AnyRun } from '../runs/run-entry';
import type { LocalRunState } from '../runs/run-state';
import { foldText } from './fold-text';

/** A picture as the gallery lists it. What is not known of it is left out. */
export interface CardPicture {
  /** Its place among a run's slots or an answer's parts; 0 for an added picture. */
  place: number;
  /** SHA-256 of the file, in hex. */
  hash: string;
  bytes: number;
  /** Upright, in pixels. */
  width?: number;
  height?: number;
  format?: ImageHeader['format'];
  /** Whether it has transparent pixels; as long as nobody has measured, what its header says. */
  hasAlpha?: boolean;
  /** Its mean colour as `#rrggbb`, which a decoded copy tells. */
  color?: string;
}

/** What made the pictures of a card; `added`: somebody put the picture in from elsewhere. */
export type CardOrigin = EndpointName | 'added';

/**
 * A run, an answer of a conversation, or an added picture as the gallery lists it: small, so that
 * thousands fit into memory. Plain data.
 */
export interface Card {
  /** The id of the run or answer; of an added picture `added/<hash>`. */
  id: string;
  /** When it was asked for or added, by this browser's clock, in ms since 1970. */
  at: number;
  origin: CardOrigin;
  /** The model's id; null if it is not known, or for an added picture. */
  model: string | null;
  state: LocalRunState;
  /** The first words of the prompt, or the name of an added file; may be empty. */
  title: string;
  /** All words that a search compares, folded. */
  words: string;
  /** The conversation that an answer belongs to. */
  conversation?: string;
  /** The experiment that a run belongs to. */
  experiment?: string;
  /** The pictures that are there, in the order of their places. */
  pictures: CardPicture[];
  /** Those of a run that were removed and can be restored; absent where there are none. */
  removed?: RemovedCardPicture[];
}

/** A removed picture, and when it was removed, in ms since 1970. */
export interface RemovedCardPicture extends CardPicture {
  removedAt: number;
}

/** The card of a run. A damaged record has a card without pictures. */
export function cardOfRun(entry: AnyRun): Card {
  const { id, createdAt, endpoint, state, request, edit, cell, said } = entry;
  const model = typeof request?.model === 'string' ? request.model : '';
  const prompt = typeof request?.prompt === 'string' ? request.prompt : '';
  const names = (edit?.references ?? []).map(({ name }) => name);
  const slots = Array.isArray(entry.slots) ? entry.slots : [];
  const removed = slots.flatMap((slot, place) =>
    slot.kind === 'removed' ? [{ ...pictureOf(slot.picture, place), removedAt: slot.at }] : [],
  );
  return {
    id,
    at: createdAt,
    origin: endpoint,
    model: model === '' ? null : model,
    state,
    title: titleOf(prompt),
    words: foldText([prompt, model, ...names, said ? textOfAnswer(said) : ''].join(' ')),
    ...(cell && { experiment: cell.experiment }),
    pictures: slots.flatMap((slot, place) =>
      slot.kind === 'picture' ? [pictureOf(slot, place)] : [],
    ),
    ...(removed.length > 0 && { removed }),
  };
}

/**
 * The card of an answer; undefined for one that has ended well without a picture, for it is nothing
 * that a gallery shows.
 * @param said what a search finds it by beside its own text: at least the question
 */
export function cardOfAnswer(
  answer: Answer,
  { question, said = [] }: { question: string; said?: readonly string[] },
): Card | undefined {
  const { id, createdAt, state, request, conversation } = answer;
  const pictures = answer.parts.flatMap((part, place) =>
    part.kind === 'picture' && !isDraft(part) ? [pictureOf(part, place)] : [],
  );
  if (pictures.length === 0 && state === 'done') return undefined;
  const { model } = request.fields;
  return {
    id,
    at: createdAt,
    origin: 'chat',
    model,
    state,
    title: titleOf(question),
    words: foldText([question, ...said, textOfAnswer(answer), model].join(' ')),
    conversation,
    pictures,
  };
}

/** Whether a card stands for a run and not for an answer or an added picture. */
export function isOfRun({ origin, experiment }: Pick<Card, 'origin' | 'experiment'>): boolean {
  return origin === 'generations' || origin === 'edits' || experiment !== undefined;
}

/** The id of the card of an added picture. */
export function addedCardId(hash: string): string {
  return `added/${hash}`;
}

/** The card of a picture that somebody has added from elsewhere, found by the name of its file. */
export function cardOfAdded(picture: NamedPicture, at: number): Card {
  return {
    id: addedCardId(picture.hash),
    at,
    origin: 'added',
    model: null,
    state: 'done',
    title: picture.name,
    words: foldText(picture.name),
    pictures: [pictureOf(picture, 0)],
  };
}

/**
 * A card with the mean colours of its pictures, removed ones included: a colour is measured once, and the
 * run does not hold it.
 * @param colors by the hash of the picture; where one is missing, the card's own stays
 */
export function withColors<C extends Card>(
  card: C,
  colors: ReadonlyMap<string, string | undefined>,
): C {
  const withColor = <P extends CardPicture>(picture: P): P => {
    const color = colors.get(picture.hash) ?? picture.color;
    return color === undefined ? picture : { ...picture, color };
  };
  return {
    ...card,
    pictures: card.pictures.map(withColor),
    ...(card.removed && { removed: card.removed.map(withColor) }),
  };
}

function pictureOf(
  { hash, byteLength, header, isTransparent }: StoredPicture & Partial<PictureSlot>,
  place: number,
): CardPicture {
  const picture: CardPicture = { place, hash, bytes: byteLength };
  if (header) {
    picture.format = header.format;
    Object.assign(picture, uprightSize(header));
  }
  const hasAlpha = isTransparent ?? header?.hasAlpha;
  if (hasAlpha !== undefined) picture.hasAlpha = hasAlpha;
  return picture;
}
