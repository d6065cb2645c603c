import { type AnswerTold, reduceAnswer, reopenedAnswer } from '../../core/chat/answer-state';
import { type Answer, type ChatMessage, kindOfTurn } from '../../core/chat/message';
import { awaitAnswer, openAnswer } from '../answers/open-answer';
import { tellTabs } from '../browser/tabs';
import { createRunEngine } from '../runs/run-engine';
import { conversationHistory } from '../storage/conversations';
import { changeMessage, chatStore, findMessage, putMessages } from './conversations-store';
import { encodeTurn } from './encode-turn';

/** How often an answer is saved while it arrives. */
const saveEveryMs = 1000;
const savingSoon = new Set<string>();

/** The answers of conversations in this tab, as runs. */
export const chatRuns = createRunEngine<Answer, AnswerTold>({
  find: (id) => answerOf(findMessage(id)),
  put: (answer) => putMessages(answer.conversation, [answer]),
  change: changeMessage,
  reduce: reduceAnswer,
  reopened: reopenedAnswer,
  load: async (id) => answerOf(await conversationHistory.loadMessage(id)),
  async save(answer) {
    await conversationHistory.saveMessage(answer);
    const { id, conversation } = answer;
    tellTabs({ type: 'message-kept', id, conversation });
  },
  durationKind: ({ request }) => kindOfTurn(request),
  asks: ({ request }) => ({ model: request.fields.model, pictures: 1 }),
  encode(answer) {
    const messages: ReadonlyMap<string, ChatMessage> = new Map(
      Object.entries(chatStore.getState().messages),
    );
    return encodeTurn(answer, messages);
  },
  awaitAnswer: ({ key }, spare) => awaitAnswer(key, spare),
  openAnswer: ({ id, key }, { signal, report }) =>
    openAnswer('chat', key, {
      signal,
      report(event) {
        report(event);
        if (event.type === 'said') saveSoon(id);
      },
    }),
});

function answerOf(message: ChatMessage | undefined): Answer | undefined {
  return message?.role === 'assistant' ? message : undefined;
}

function saveSoon(id: string): void {
  if (savingSoon.has(id)) return;
  savingSoon.add(id);
  setTimeout(() => {
    savingSoon.delete(id);
    void chatRuns.save(id);
  }, saveEveryMs);
}
