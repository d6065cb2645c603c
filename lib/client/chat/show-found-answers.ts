import { createConversation } from '../../core/chat/conversation';
import { createAnswer, createUserMessage } from '../../core/chat/message';
import { randomId } from '../browser/random-id';
import { takeOrphanRuns } from '../runs/orphan-runs';
import { conversationHistory } from '../storage/conversations';
import { storageProblem } from '../storage/history';
import { reportStorageProblem } from '../storage/storage-status';
import { chatRuns } from './chat-runs';
import { putConversations } from './conversations-store';
import { putMessages } from './messages-store';
import { openConversation } from './open-conversation';

/**
 * Puts each answer that was found at the server into a conversation of its own: what it answers is
 * not known here any more.
 * @param words the conversation's name, and what stands in place of the question
 */
export async function showFoundAnswers(words: { title: string; question: string }): Promise<void> {
  for (const run of takeOrphanRuns('chat')) {
    const now = run.createdAt;
    const conversation = {
      ...createConversation(randomId(), now),
      title: words.title,
      isNamed: true,
    };
    const own = { conversation: conversation.id, now };
    const question = createUserMessage({
      ...own,
      id: randomId(),
      parent: null,
      text: words.question,
      pictures: [],
    });
    const request = {
      fields: { model: run.model ?? '' },
      systemPrompt: '',
      pictures: [],
      picturesAs: 'blocks' as const,
    };
    const answer = createAnswer({ ...own, id: run.id, parent: question.id, request });
    const messages = [question, { ...answer, state: 'waiting' as const }];
    putConversations([conversation]);
    putMessages(conversation.id, messages);
    await conversationHistory
      .saveConversation(conversation, messages)
      .catch((error) => reportStorageProblem(storageProblem(error)));
    void chatRuns.resume(answer.id);
    await openConversation(conversation.id);
  }
}
