import type { Conversation } from '../../core/chat/conversation';
import { type Answer, type ChatMessage, picturesOfMessage } from '../../core/chat/message';
import { readChatSettings } from '../../core/chat/settings';
import { addedCardId } from '../../core/gallery/card';
import { cardMark } from '../../core/gallery/tiles';
import { statesInFlight } from '../../core/runs/run-state';
import { tellCards } from '../browser/tabs';
import { cardStores, markCard, putMessageCards } from './cards';
import { type Connection, connection, openToWrite, type WriteTransaction } from './database';
import type { EarlierPrompt } from './history';
import { dropUnneeded, openWithPictures } from './picture-uses';
import type { KeptConversation, KeptMessage } from './schema';
import type { GoneRun } from './trash';

const messageStores = ['conversations', 'messages', ...cardStores] as const;

/** Stores conversations. Throws the browser's own errors. */
export function createConversationHistory(database: Connection) {
  return {
    /** All conversations that are not removed; the one with the latest message is the first. */
    async conversations(): Promise<Conversation[]> {
      const all = await (await database()).getAllFromIndex('conversations', 'updatedAt');
      return all.reverse().flatMap((one) => (one.removedAt === null ? [conversationOf(one)] : []));
    },
    async loadConversation(id: string): Promise<Conversation | undefined> {
      const found = await (await database()).get('conversations', id);
      return found && found.removedAt === null ? conversationOf(found) : undefined;
    },
    /**
     * Saves a conversation and messages of it in one transaction. Messages from other tabs stay, and so does
     * its removal.
     */
    async saveConversation(
      conversation: Conversation,
      messages: readonly ChatMessage[] = [],
    ): Promise<void> {
      const transaction = await openToWrite(database, messageStores);
      const conversations = transaction.objectStore('conversations');
      const before = await conversations.get(conversation.id);
      const { removedAt } = before ?? { removedAt: null };
      await conversations.put({ ...conversation, removedAt });
      for (const message of messages) await putMessage(transaction, message);
      await transaction.done;
      tellCards(messages.flatMap(cardIdsOf));
    },
    /**
     * Saves one message. An answer that is whole is not replaced by what another tab has stopped, lost or not
     * read yet.
     */
    async saveMessage(message: ChatMessage): Promise<void> {
      const transaction = await openToWrite(database, messageStores);
      const before = await transaction.objectStore('messages').get(message.id);
      const isLess =
        before?.state === 'done' && message.role === 'assistant' && message.state !== 'done';
      if (!isLess) await putMessage(transaction, message);
      await transaction.done;
      tellCards(cardIdsOf(message));
    },
    async loadMessage(id: string): Promise<ChatMessage | undefined> {
      const found = await (await database()).get('messages', id);
      return found?.message;
    },
    async messages(conversation: string): Promise<ChatMessage[]> {
      const found = await (await database()).getAllFromIndex(
        'messages',
        'conversation',
        conversation,
      );
      return found.map(({ message }) => message);
    },
    /** What was written in the latest conversations: so many texts, and the rest of the conversation. */
    async writtenTexts(least: number): Promise<EarlierPrompt[]> {
      const transaction = (await database()).transaction(['conversations', 'messages']);
      const messages = transaction.objectStore('messages').index('conversation');
      const byAge = transaction.objectStore('conversations').index('updatedAt');
      const found: EarlierPrompt[] = [];
      let cursor = await byAge.openCursor(null, 'prev');
      while (cursor && found.length < least) {
        const { id, removedAt } = cursor.value;
        const its = removedAt === null ? await messages.getAll(id) : [];
        for (const { message } of its) {
          if (message.role === 'user' && message.text.trim() !== '') {
            found.push({ text: message.text, at: message.createdAt });
          }
        }
        cursor = await cursor.continue();
      }
      return found;
    },
    /** The answers that were in flight when they were last saved. */
    async answersInFlight(): Promise<Answer[]> {
      const { store } = (await database()).transaction('messages');
      const found = statesInFlight.map((state) => store.index('state').getAll(state));
      const messages = (await Promise.all(found)).flat().map(({ message }) => message);
      return messages.filter((message) => message.role === 'assistant');
    },
    /** Marks a conversation as removed. */
    async removeConversation(id: string, now: number): Promise<void> {
      await mark(id, now);
    },
    /** Restores a removed conversation. */
    async restoreConversation(id: string): Promise<void> {
      await mark(id, null);
    },
    /**
     * Deletes the conversations that were removed before a time (ms since 1970).
     * @returns the runs of their answers
     */
    async purgeConversations(before: number): Promise<GoneRun[]> {
      const isDue = ({ removedAt }: KeptConversation) => removedAt !== null && removedAt < before;
      // Most of the time nothing is due, and then nobody has to wait for this.
      if (!(await (await database()).getAll('conversations')).some(isDue)) return [];
      const transaction = await openWithPictures(database, ['conversations']);
      const conversations = transaction.objectStore('conversations');
      const messages = transaction.objectStore('messages');
      const gone = (await conversations.getAll()).filter(isDue);
      const runs: GoneRun[] = [];
      const pictures: string[] = [];
      for (const { id } of gone) {
        await conversations.delete(id);
        for (const { message, pictures: its } of await messages.index('conversation').getAll(id)) {
          if (message.role === 'assistant') {
            runs.push({ key: message.key, createdAt: message.createdAt });
          }
          pictures.push(...its);
          await messages.delete(message.id);
          await transaction.objectStore('cards').delete(message.id);
          await transaction.objectStore('marks').delete(cardMark(message.id));
        }
      }
      await dropUnneeded(transaction, pictures);
      await transaction.done;
      return runs;
    },
  };

  async function mark(id: string, removedAt: number | null): Promise<void> {
    const transaction = await openToWrite(database, messageStores);
    const conversations = transaction.objectStore('conversations');
    const conversation = await conversations.get(id);
    if (conversation) await conversations.put({ ...conversation, removedAt });
    const answers = await transaction.objectStore('messages').index('conversation').getAllKeys(id);
    await Promise.all(answers.map((answer) => markCard(transaction, answer, removedAt)));
    await transaction.done;
    tellCards(answers);
  }
}

/** The conversations in this browser's database. */
export const conversationHistory = createConversationHistory(connection);

function conversationOf({ removedAt: _removedAt, ...found }: KeptConversation): Conversation {
  return { ...found, settings: readChatSettings(found.settings) };
}

async function putMessage(transaction: WriteTransaction, message: ChatMessage): Promise<void> {
  await transaction.objectStore('messages').put(kept(message));
  await putMessageCards(transaction, message);
}

function kept(message: ChatMessage): KeptMessage {
  const { id, conversation } = message;
  const state = message.role === 'assistant' ? { state: message.state } : {};
  return { id, conversation, ...state, pictures: picturesOfMessage(message), message };
}

/** The ids of the cards that a message may have. */
function cardIdsOf(message: ChatMessage): string[] {
  if (message.role === 'assistant') return [message.id];
  return message.pictures.map(({ hash }) => addedCardId(hash));
}
