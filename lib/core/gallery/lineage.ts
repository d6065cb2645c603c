import { type Answer, type ChatMessage, isDraft, pictureKey } from '../chat/message';
import type { EndpointName } from '../models/model';
import { type AnyRun, picturesOf } from '../runs/run-entry';

/** A run or an answer, as something that made pictures of pictures. Plain data. */
export interface Making {
  /** The id of the run or answer. */
  id: string;
  endpoint: EndpointName;
  /** When it was asked for, in ms since 1970. */
  at: number;
  prompt: string;
  /** The pictures that it was given, by hash, each once. */
  sources: string[];
  /** The pictures that it made, with their places in the run or answer. */
  results: { hash: string; place: number }[];
  /** The conversation of an answer. */
  conversation?: string;
}

/** Where a picture comes from and what became of it, as far as this browser knows. */
export interface Lineage {
  /** What made it; the first, where the same bytes were made again. Undefined: nothing here did. */
  madeBy: Making | undefined;
  /** What made its sources, and theirs, nearest first. */
  before: Making[];
  /** What was made of it, oldest first. */
  after: Making[];
}

/** A run as a making. Its mask is no source: nothing of it is to be seen. */
export function makingOfRun(run: AnyRun): Making {
  return {
    id: run.id,
    endpoint: run.endpoint,
    at: run.createdAt,
    prompt: run.request.prompt,
    sources: [...new Set((run.edit?.references ?? []).map(({ hash }) => hash))],
    results: picturesOf(run).map(({ index, picture }) => ({ hash: picture.hash, place: index })),
  };
}

/**
 * An answer as a making: of the pictures that were sent with its turn.
 * @param path the messages from the first to the one that it answers
 */
export function makingOfAnswer(answer: Answer, path: readonly ChatMessage[]): Making {
  const sources = path.flatMap((message) => {
    const pictures = message.role === 'user' ? message.pictures : message.parts;
    return pictures.flatMap((picture, index) => {
      const isSent = answer.request.pictures.includes(pictureKey(message.id, index));
      return isSent && 'hash' in picture ? [picture.hash] : [];
    });
  });
  const asked = path.findLast((message) => message.role === 'user');
  return {
    id: answer.id,
    endpoint: 'chat',
    at: answer.createdAt,
    prompt: asked?.text ?? '',
    sources: [...new Set(sources)],
    results: answer.parts.flatMap((part, place) =>
      part.kind === 'picture' && !isDraft(part) ? [{ hash: part.hash, place }] : [],
    ),
    conversation: answer.conversation,
  };
}

/** How many steps back are looked for. */
const mostSteps = 20;

/**
 * The lineage of a picture, across pages.
 * @param makings of every picture that could belong to it, in any order
 */
export function lineageOf(hash: string, makings: readonly Making[]): Lineage {
  const oldestFirst = makings.toSorted((one, other) => one.at - other.at);
  const makerOf = (picture: string) =>
    oldestFirst.find(
      ({ results, sources }) =>
        results.some((result) => result.hash === picture) && !sources.includes(picture),
    );
  const madeBy = makerOf(hash);
  const before: Making[] = [];
  let wanted = madeBy?.sources ?? [];
  // A picture can come from itself by way of others, if somebody adds a download again.
  const seen = new Set([madeBy?.id]);
  for (let step = 0; step < mostSteps && wanted.length > 0; step++) {
    const found = wanted
      .map(makerOf)
      .filter((making): making is Making => making !== undefined && !seen.has(making.id));
    const each = [...new Map(found.map((making) => [making.id, making])).values()];
    for (const { id } of each) seen.add(id);
    before.push(...each);
    wanted = each.flatMap(({ sources }) => sources);
  }
  const after = oldestFirst.filter(
    ({ sources, results }) => sources.includes(hash) && results.length > 0,
  );
  return { madeBy, before, after };
}
