import { createConversation } from '../../core/chat/conversation';
import { createAnswer, createUserMessage } from '../../core/chat/message';
import { randomId } from '../../core/random-id';
import { takeOrphanRuns } from '../runs/orphan-runs-store';
import { chatRuns } from './chat-runs';
import { putConversations, putMessages } from './conversations-store';
import { openConversation } from './open-conversation';
import { saveTurn } from './save-turn';

/**
 * Puts each answer that only the server knows into a new conversation, because its question is lost.
 * @param words the conversation's title, and the text in place of the question
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
    await saveTurn(conversation, messages);
    void chatRuns.resume(answer.id);
    await openConversation(conversation.id);
  }
}
