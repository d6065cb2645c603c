import type { OptionValue } from '../endpoints/image-form';
import type { ChatMessage, UserMessage } from './message';

/**
 * The settings of a conversation, exactly as chosen. They are kept when the model changes: each model
 * shows and gets the values that it accepts, and the others apply again at a model that does.
 */
export interface ChatSettings {
  /** Its id; null until somebody chose one. */
  model: string | null;
  /** `16:9`; null: never touched. */
  ratio: string | null;
  /** `1K`, `2K`, `4K`; null: never touched. */
  level: string | null;
  /** By wire name; absent: never touched. */
  options: Record<string, OptionValue>;
  systemPrompt: string;
  /** Whether the answer is streamed. */
  stream: boolean;
}

export const emptyChatSettings: ChatSettings = {
  model: null,
  ratio: null,
  level: null,
  options: {},
  systemPrompt: '',
  stream: true,
};

/** A conversation, without its messages: those are kept one by one. Plain data. */
export interface Conversation {
  id: string;
  /** Its name, or the first words of its first message; empty before there is either. */
  title: string;
  /** Somebody has named it, so its messages do not. */
  isNamed: boolean;
  /** By this browser's clock, in ms since 1970. */
  createdAt: number;
  /** When its last message was sent. */
  updatedAt: number;
  settings: ChatSettings;
  /**
   * Which of several messages after the same one is shown, by the id of the one before (`''`: none).
   * Where nothing is said it is the newest.
   */
  chosen: Record<string, string>;
  /** Pictures that the designer wants sent or left out, by `pictureKey`, whatever is usual. */
  pictures: Record<string, boolean>;
}

const mostTitleCharacters = 60;

/** A conversation without messages. */
export function createConversation(
  id: string,
  now: number,
  settings: ChatSettings = emptyChatSettings,
): Conversation {
  return {
    id,
    title: '',
    isNamed: false,
    createdAt: now,
    updatedAt: now,
    settings,
    chosen: {},
    pictures: {},
  };
}

/** The first words of a message, cut between two words where there are any. */
export function titleOf(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  const characters = [...line];
  if (characters.length <= mostTitleCharacters) return line;
  const start = characters.slice(0, mostTitleCharacters).join('');
  const lastSpace = start.lastIndexOf(' ');
  // Chinese has no spaces; a single long word has none either.
  const cut = lastSpace > start.length / 2 ? start.slice(0, lastSpace) : start;
  return `${cut}…`;
}

/** The conversation after a message was sent in it; it is called after its first one. */
export function withMessageSent(conversation: Conversation, message: UserMessage): Conversation {
  const title = conversation.title || titleBy(message);
  return { ...conversation, title, updatedAt: message.createdAt };
}

/** Names a conversation; an empty name makes its first message name it again. */
export function renamed(
  conversation: Conversation,
  { name, first }: { name: string; first: ChatMessage | undefined },
): Conversation {
  const title = titleOf(name);
  return title === ''
    ? { ...conversation, title: first?.role === 'user' ? titleBy(first) : '', isNamed: false }
    : { ...conversation, title, isNamed: true };
}

function titleBy({ text, pictures }: UserMessage): string {
  return titleOf(text) || (pictures[0]?.name ?? '');
}

/** Whether no message was ever sent in a conversation. A picture without a name gives it no title either. */
export function isUnused({ title, createdAt, updatedAt }: Conversation): boolean {
  return title === '' && updatedAt === createdAt;
}

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
    // Another tab may have deleted the message that is chosen here.
    const next = siblings.find(({ id }) => id === chosen[key]) ?? siblings.at(-1);
    // Each message is visited once, so a damaged record cannot cause an endless loop.
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

/** A message of the path that is shown, and its siblings: the ‹ 2/3 › of a page. */
export interface PathStep {
  id: string;
  /** The ids of all messages that follow the same one, itself among them, oldest first. */
  siblings: string[];
}

/** The path that is shown, message by message. */
export function stepsOf<M extends Placed>(
  messages: readonly M[],
  chosen: Conversation['chosen'],
): PathStep[] {
  return pathOf(messages, chosen).map(({ id, parent }) => ({
    id,
    siblings: childrenOf(messages, parent).map((sibling) => sibling.id),
  }));
}

/** The choices that show a message; those below it stay as they were. */
export function withChosen(
  chosen: Conversation['chosen'],
  { id, parent }: Pick<Placed, 'id' | 'parent'>,
): Conversation['chosen'] {
  return { ...chosen, [parent ?? '']: id };
}

// Messages of the same millisecond are ordered by id, so that every tab shows the same order.
function byAge(one: Placed, other: Placed): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}
