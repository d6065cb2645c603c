import { pathTo } from '../../core/chat/conversation';
import type { ChatMessage } from '../../core/chat/message';
import {
  type Card,
  type CardPicture,
  cardOfAdded,
  cardOfAnswer,
  cardOfRun,
  isOfRun,
  withColors,
} from '../../core/gallery/card';
import type { NamedPicture } from '../../core/pictures/stored-picture';
import type { AnyRun } from '../../core/runs/run-entry';
import type { WriteTransaction } from './database';
import type { CopyKind, FileKind, KeptCard } from './schema';

// Cards are written in the transaction that writes the run or message, so that they never differ.

/** The stores that a transaction needs which writes cards, beside those of runs and messages. */
export const cardStores = ['cards', 'files'] as const;

type FindMessage = (id: string) => Promise<ChatMessage | undefined> | ChatMessage | undefined;

/** Writes the cards of a run, and of what was added for it. @param removedAt null: it is not removed */
export async function putRunCards(
  transaction: WriteTransaction,
  entry: AnyRun,
  removedAt: number | null,
): Promise<void> {
  const references = entry.edit?.references;
  await Promise.all([
    putCard(transaction, cardOfRun(entry), removedAt),
    Array.isArray(references) && putAdded(transaction, references, entry.createdAt),
  ]);
}

/** Writes the card of a run that has no other pictures than its card before, which saves all looking up. */
export async function rewriteRunCard(
  transaction: WriteTransaction,
  entry: AnyRun,
  before: KeptCard,
): Promise<void> {
  const card = withColors(cardOfRun(entry), colorsOf(before));
  await transaction.objectStore('cards').put(keptCard(card, null));
}

/**
 * Writes the cards of a message: that of an answer, or those of the pictures that came with a question.
 * The transaction includes `messages` and `conversations`.
 */
export async function putMessageCards(
  transaction: WriteTransaction,
  message: ChatMessage,
  find: FindMessage = async (id) => (await transaction.objectStore('messages').get(id))?.message,
): Promise<void> {
  if (message.role === 'user') return putAdded(transaction, message.pictures, message.createdAt);
  const said = await saidBefore(message, find);
  const card = cardOfAnswer(message, { question: said.at(-1) ?? '', said: said.slice(0, -1) });
  if (!card) return transaction.objectStore('cards').delete(message.id);
  const kept = await transaction.objectStore('conversations').get(message.conversation);
  await putCard(transaction, card, kept?.removedAt ?? null);
}

/** Takes a card off the gallery's list, or puts it back, because all that it stands for went or came. */
export async function markCard(
  transaction: WriteTransaction,
  id: string,
  removedAt: number | null,
): Promise<void> {
  const card = await transaction.objectStore('cards').get(id);
  if (card) await transaction.objectStore('cards').put(keptCard(card, removedAt));
}

/** Writes a copy of a stored picture, and what it takes. */
export async function putCopy(
  transaction: WriteTransaction,
  { hash, kind, image }: { hash: string; kind: CopyKind; image: Blob },
): Promise<void> {
  const files = transaction.objectStore('files');
  const copies = transaction.objectStore('copies');
  await copies.put(image, [hash, kind]);
  if (kind === 'small') await copies.delete([hash, 'thumbnail']);
  const file = await files.get(hash);
  if (!file) return;
  const { thumbnail, ...others } = file.copies;
  const stays = kind === 'small' || thumbnail === undefined ? others : file.copies;
  await files.put({ ...file, copies: { ...stays, [kind]: image.size } });
}

/** Notes the mean colour of a picture, for all its cards. @returns the ids of the cards */
export async function putColor(
  transaction: WriteTransaction,
  hash: string,
  color: string,
): Promise<string[]> {
  const files = transaction.objectStore('files');
  // What is stored since before there were such records gets the rest when it is filled.
  const file = (await files.get(hash)) ?? { hash, kind: 'added', bytes: 0, copies: {} };
  await files.put({ ...file, color });
  const cards = transaction.objectStore('cards');
  const found = await cards.index('hashes').getAll(hash);
  const changed = found.map((card) => withColors(card, new Map([[hash, color]])));
  await Promise.all(changed.map((card) => cards.put(card)));
  return changed.map(({ id }) => id);
}

/** Notes the size of a file and what it is for; that it was made comes first, else the first purpose stays. */
export async function putFile(
  transaction: WriteTransaction,
  file: { hash: string; kind: FileKind; bytes: number },
): Promise<void> {
  const files = transaction.objectStore('files');
  const before = await files.get(file.hash);
  const kind = file.kind === 'made' ? 'made' : (before?.kind ?? file.kind);
  await files.put({ copies: {}, ...before, ...file, kind });
}

async function putCard(
  transaction: WriteTransaction,
  card: Card,
  removedAt: number | null,
): Promise<void> {
  const cards = transaction.objectStore('cards');
  const files = transaction.objectStore('files');
  const before = await cards.get(card.id);
  const colors = colorsOf(before);
  await Promise.all(
    picturesIn(card).map(async ({ hash }) => {
      // A card that has the picture already gets its colour when that is found.
      if (!colors.has(hash)) colors.set(hash, (await files.get(hash))?.color);
    }),
  );
  await cards.put(keptCard(withColors(card, colors), removedAt));
}

/** Writes cards of pictures that no run and no answer has made; the earliest use counts. */
async function putAdded(
  transaction: WriteTransaction,
  pictures: readonly NamedPicture[],
  at: number,
): Promise<void> {
  const byHash = transaction.objectStore('cards').index('hashes');
  await Promise.all(
    pictures.map(async (picture) => {
      const card = cardOfAdded(picture, at);
      const known = await byHash.getAll(picture.hash);
      const isKnown = known.some(({ id, at: earlier }) => id !== card.id || earlier <= at);
      if (!isKnown) await putCard(transaction, card, null);
    }),
  );
}

/** What was said from the beginning of the conversation to the question of an answer. */
async function saidBefore(
  answer: Extract<ChatMessage, { role: 'assistant' }>,
  find: FindMessage,
): Promise<string[]> {
  const known = new Map<string, ChatMessage>();
  for (let id = answer.parent; id !== null && !known.has(id); ) {
    const found = await find(id);
    if (!found) break;
    known.set(id, found);
    id = found.parent;
  }
  const path = pathTo(known, answer.parent ?? '');
  return path.flatMap((message) => (message.role === 'user' ? [message.text] : []));
}

function keptCard(card: Card, removedAt: number | null): KeptCard {
  const { order: _order, trashedAt: _before, ...plain } = card as KeptCard;
  const removals = (card.removed ?? []).map((picture) => picture.removedAt);
  if (isOfRun(card) && removedAt !== null) removals.push(removedAt);
  return {
    ...plain,
    hashes: [...new Set(picturesIn(card).map(({ hash }) => hash))],
    ...(removedAt === null && { order: -card.at }),
    ...(removals.length > 0 && { trashedAt: Math.min(...removals) }),
  };
}

function colorsOf(card: Card | undefined): Map<string, string | undefined> {
  return new Map(card ? picturesIn(card).map(({ hash, color }) => [hash, color]) : []);
}

function picturesIn({ pictures, removed = [] }: Card): CardPicture[] {
  return [...pictures, ...removed];
}
