import type { UserMessage } from './message';
import { type ChatSettings, emptyChatSettings } from './settings';

/** A conversation, without its messages: those are kept one by one. Plain data. */
export interface Conversation {
  id: string;
  /** The first words of its first message, or what it was named; empty before there is either. */
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

/** A conversation in which nothing was said yet. */
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
  const title = conversation.title || titleOf(message.text) || (message.pictures[0]?.name ?? '');
  return { ...conversation, title, updatedAt: message.createdAt };
}

/** The conversation under a name of its own; an empty one gives it back to its messages. */
export function renamed(
  conversation: Conversation,
  { name, firstText }: { name: string; firstText: string },
): Conversation {
  const title = titleOf(name);
  return title === ''
    ? { ...conversation, title: titleOf(firstText), isNamed: false }
    : { ...conversation, title, isNamed: true };
}
