import type { Conversation } from './conversation';
import type { ChatMessage } from './message';

// The messages of a conversation are a tree: what is edited or asked for again stands beside what was
// there before, under the same message. One way from the root to a leaf is shown.

type Placed = Pick<ChatMessage, 'id' | 'parent' | 'createdAt'>;

/** The messages that follow the same message (`null`: the first ones), oldest first. */
export function childrenOf<M extends Placed>(messages: Iterable<M>, parent: string | null): M[] {
  return [...messages].filter((message) => message.parent === parent).sort(byAge);
}

/** The messages that are shown, from the first to the last. */
export function pathOf<M extends Placed>(
  messages: Iterable<M>,
  chosen: Conversation['chosen'],
): M[] {
  const children = new Map<string, M[]>();
  for (const message of messages) {
    const key = message.parent ?? '';
    children.set(key, [...(children.get(key) ?? []), message]);
  }
  const path: M[] = [];
  let key = '';
  for (;;) {
    const siblings = (children.get(key) ?? []).sort(byAge);
    // A set that is kept by two tabs may name a message that is gone.
    const next = siblings.find(({ id }) => id === chosen[key]) ?? siblings.at(-1);
    // Each may stand once: what is kept wrongly must not go round in a circle.
    if (!next || path.includes(next)) return path;
    path.push(next);
    key = next.id;
  }
}

/** The messages from the first to this one. */
export function pathTo<M extends Placed>(messages: ReadonlyMap<string, M>, id: string): M[] {
  const path: M[] = [];
  let message = messages.get(id);
  while (message && !path.includes(message)) {
    path.unshift(message);
    message = message.parent === null ? undefined : messages.get(message.parent);
  }
  return path;
}

/** A message on the way that is shown, and those beside it: the ‹ 2/3 › of a page. */
export interface PathStep {
  id: string;
  /** The ids of all messages that follow the same one, itself among them, oldest first. */
  siblings: string[];
}

/** The way that is shown, step by step. */
export function stepsOf<M extends Placed>(
  messages: readonly M[],
  chosen: Conversation['chosen'],
): PathStep[] {
  return pathOf(messages, chosen).map(({ id, parent }) => ({
    id,
    siblings: childrenOf(messages, parent).map((sibling) => sibling.id),
  }));
}

/** The choice that shows a message; further down it stays as it was. */
export function withChosen(
  chosen: Conversation['chosen'],
  { id, parent }: Pick<Placed, 'id' | 'parent'>,
): Conversation['chosen'] {
  return { ...chosen, [parent ?? '']: id };
}

// Two of the same millisecond keep an order, the same in every tab.
function byAge(one: Placed, other: Placed): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}
