import type { Conversation } from '../../core/chat/conversation';
import type { ChatMessage } from '../../core/chat/message';
import { tellTabs } from '../browser/tabs';
import { conversationHistory } from '../storage/conversations';
import { storageProblem } from '../storage/database';
import { reportStorageProblem } from '../storage/storage-status';
import { findConversation, findMessage } from './conversations-store';

/** Saves a conversation with new messages of it; where there is no room, as soon as there is some. */
export async function saveTurn(
  conversation: Conversation,
  messages: readonly ChatMessage[],
): Promise<void> {
  const { id } = conversation;
  try {
    await conversationHistory.saveConversation(conversation, messages);
    tellTabs({ type: 'conversation-kept', id });
  } catch (error) {
    const keep = async () => {
      // As they are by then; an answer goes on meanwhile.
      const latest = messages.map((message) => findMessage(message.id) ?? message);
      await conversationHistory.saveConversation(findConversation(id) ?? conversation, latest);
      tellTabs({ type: 'conversation-kept', id });
    };
    reportStorageProblem(storageProblem(error), { name: `turn ${messages[0]?.id}`, keep });
  }
}
