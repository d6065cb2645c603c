import { createConversation } from '../../core/chat/conversation';
import { createAnswer, createUserMessage } from '../../core/chat/message';
import { conversationHistory } from '../history/conversations';
import { keepingProblem } from '../history/history';
import { randomId } from '../random-id';
import { putMessages } from '../stores/chat';
import { putConversations } from '../stores/conversations';
import { takeFound } from '../stores/found-runs';
import { reportKeeping } from '../stores/keeping';
import { carryAnswer } from './carried-answers';
import { openConversation } from './open-conversation';

/**
 * Puts each answer that was found at the server into a conversation of its own: what it answers is
 * not known here any more.
 * @param words the conversation's name, and what stands in place of the question
 */
export async function showFoundAnswers(words: { title: string; question: string }): Promise<void> {
  for (const run of takeFound('chat')) {
    const now = run.createdAt;
    const conversation = {
      ...createConversation({ id: randomId(), now }),
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
      .catch((error) => reportKeeping(keepingProblem(error)));
    carryAnswer(answer.id);
    await openConversation(conversation.id);
  }
}
